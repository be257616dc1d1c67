"""`onward serve`, as an operator runs it."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.utils import OperationalError

from tests import databases
from tests.waiting import until

ROOT = Path(__file__).parents[2]
ONWARD = [sys.executable, "-m", "onward"]


def environment(folder: Path, **variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ONWARD_", "DJANGO_"))}
    return {**kept, "ONWARD_DATA_DIR": str(folder), **variables}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Serving:
    """A running `onward serve`."""

    def __init__(self, folder: Path, *arguments: str, **variables: str) -> None:
        self.process = subprocess.Popen(
            [*ONWARD, "serve", "--port", str(free_port()), *arguments],
            cwd=ROOT,
            env=environment(folder, **variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.output = ""
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.output += line

    @property
    def address(self) -> str:
        """Where it is served; waits until it says so."""
        until(lambda: "/admin/" in self.output or self.process.poll() is not None)
        found = re.search(r"http://[\d.]+:\d+", self.output)
        assert found, self.output
        return found[0]

    def get(self, path: str = "/robots.txt") -> int:
        with urllib.request.urlopen(self.address + path, timeout=120) as answer:
            answer.read()
            return answer.status

    @property
    def children(self) -> dict[str, int]:
        """The processes that it started, by what they are."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                command = (entry / "cmdline").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent == self.process.pid:
                found["web" if "serving.web" in command else "worker"] = int(entry.name)
        return found

    def end(self) -> str:
        """Make sure that it has ended; gives all that it wrote."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(120)
        self._reading.join(10)
        return self.output


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def migrate(folder: Path) -> None:
    """Make the database of a data folder."""
    if not databases.copy_to(folder):
        subprocess.run([*ONWARD, "migrate", "-v0"], cwd=ROOT, env=environment(folder), check=True, timeout=600)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A data folder with a migrated database."""
    folder = tmp_path_factory.mktemp("served")
    migrate(folder)
    return folder


@pytest.fixture(scope="module")
def serving(folder) -> Iterator[Serving]:
    running = Serving(folder)
    assert running.get() == 200, running.output
    yield running
    running.end()


def test_it_says_where_everything_is(serving):
    for words in (" is served on ", "/tracker/api/docs/", "/admin/", "mails are written to"):
        assert words in serving.output


def test_it_logs_one_line_of_json_for_each_request(serving):
    serving.get("/robots.txt?token=sentinel")

    until(lambda: "/robots.txt" in serving.output)
    lines = [json.loads(line) for line in serving.output.splitlines() if '"/robots.txt"' in line]
    assert (lines[-1]["event"], lines[-1]["method"], lines[-1]["status"]) == ("request", "GET", 200)
    assert "sentinel" not in serving.output


def test_the_doctor_asks_it(serving, folder):
    seen = subprocess.run(
        [*ONWARD, "doctor"], cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False, timeout=120
    )

    assert f"The server answers at {serving.address}." in seen.stdout


def test_it_weighs_at_most_a_quarter_of_a_gigabyte_in_all(serving):
    until(lambda: set(serving.children) == {"web", "worker"})
    assert serving.get() == 200
    time.sleep(1)

    assert sum(resident(pid) for pid in [serving.process.pid, *serving.children.values()]) <= 250


def test_the_worker_lets_the_web_process_go_first(serving):
    until(lambda: set(serving.children) == {"web", "worker"})
    web, worker = (os.getpriority(os.PRIO_PROCESS, serving.children[name]) for name in ("web", "worker"))

    assert worker == min(web + 5, 19)


def test_the_supervisor_itself_carries_no_django(serving):
    assert resident(serving.process.pid) < 25
    assert "django" not in Path(f"/proc/{serving.process.pid}/maps").read_text()


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_process_that_dies_is_started_again(serving, name):
    until(lambda: len(serving.children) == 2)
    first = serving.children[name]

    os.kill(first, signal.SIGKILL)

    until(lambda: serving.children.get(name, first) != first)
    # The socket was open all the while: this waits for the new process instead of being refused.
    assert serving.get() == 200
    assert f"{name} ended (SIGKILL); starting it again" in serving.output


def test_two_web_processes_share_the_socket(folder):
    serving = Serving(folder, "--workers", "2")
    try:
        assert all(serving.get() == 200 for _ in range(10))
        assert serving.output.count(" is served on ") == 1

        serving.process.send_signal(signal.SIGINT)

        assert serving.process.wait(120) == 0
    finally:
        serving.end()


def test_killing_it_leaves_nobody_behind(folder):
    serving = Serving(folder)
    try:
        until(lambda: len(serving.children) == 2)
        assert serving.get() == 200
        children = serving.children.values()

        serving.process.kill()

        until(lambda: not any(alive(pid) for pid in children))
    finally:
        serving.end()


def test_a_database_without_migrations_is_named_and_ends_it(tmp_path):
    serving = Serving(tmp_path)

    try:
        assert serving.process.wait(120) == 1
        assert "run `onward migrate`" in serving.end()
    finally:
        serving.end()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ONWARD_THROTTLE", "maybe"),
        ("ONWARD_TROTTLE", "on"),
        ("ONWARD_DATABASE_URL", "postgresql://ada@127.0.0.1:1/onward"),
        ("ONWARD_DATABASE_URL", "sqlite:////no/such/folder/onward.sqlite3"),
        ("ONWARD_STORAGE_URL", "/proc/nowhere"),
    ],
)
def test_a_bad_setting_is_named_and_ends_it_before_the_worker_starts(tmp_path, name, value):
    serving = Serving(tmp_path, **{name: value})

    try:
        assert serving.process.wait(120) == 1
        assert name in serving.end()
        assert serving.output.count("onward: ") == 1
        assert "Traceback" not in serving.output
    finally:
        serving.end()


def test_a_database_that_has_answered_before_is_waited_for(tmp_path, monkeypatch):
    from onward.config import database

    monkeypatch.setattr(database, "_noted", lambda note: True)
    monkeypatch.setattr(database.connection, "ensure_connection", _refuse)

    with pytest.raises(database.NoAnswer, match="ONWARD_DATABASE_URL") as caught:
        database.connect()

    assert caught.value.has_answered


def _refuse() -> None:
    raise OperationalError("connection refused")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http"])
def test_a_port_that_is_none_is_refused(tmp_path, port):
    serving = Serving(tmp_path, "--port", port)

    assert serving.process.wait(120) == 2
    assert "give a number from 1 to 65535" in serving.end()


def test_only_its_owner_can_read_what_it_keeps(folder):
    (folder / "mail").mkdir(exist_ok=True)
    for path in (folder, folder / "mail", folder / "onward.sqlite3"):
        path.chmod(0o755)
    serving = Serving(folder)
    try:
        assert serving.get() == 200
    finally:
        serving.end()

    assert [str(path) for path in [folder, *folder.iterdir()] if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_strangers_are_let_in_only_with_a_key_of_ones_own(tmp_path, host):
    serving = Serving(tmp_path, "--host", host)

    assert serving.process.wait(120) == 1
    assert "ONWARD_SECRET_KEY must be given" in serving.end()


def test_a_port_that_is_taken_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        serving = Serving(tmp_path, "--port", str(taken.getsockname()[1]))

        assert serving.process.wait(120) == 1

    assert "Cannot listen on 127.0.0.1" in serving.end()


def test_stopping_it_stops_everybody_and_is_no_error(serving):
    children = serving.children.values()

    serving.process.terminate()

    assert serving.process.wait(120) == 0
    assert not any(alive(pid) for pid in children)
    assert "Traceback" not in serving.end()
