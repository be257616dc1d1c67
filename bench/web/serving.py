"""A server with the demo account, one with 2,000 applications and an empty one, in a folder of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.web.client import Client

ONWARD = str(Path(sys.executable).with_name("onward"))
DEMO, FULL, EMPTY = "demo@onward.local", "full@example.org", "empty@example.org"
DEMO_PASSWORD, PASSWORD = "onward-demo-account", "a quiet river at dusk 7"
ROWS = Path(__file__).parent / "rows.py"


@dataclass(frozen=True)
class Site:
    """A running server. :ivar accounts: address and password, by what is in the account"""

    url: str
    accounts: dict[str, tuple[str, str]]


Run = Callable[..., object]


@contextmanager
def served() -> Iterator[Site]:
    """Serve until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="onward-web-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ONWARD_")}
    settings = {"ONWARD_DATA_DIR": str(folder), "ONWARD_PUBLIC_URL": url, "ONWARD_THROTTLE": "off"}
    environment = {**plain, **settings, "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    try:

        def run(*command: str) -> None:
            done = subprocess.run([ONWARD, *command], env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(f"onward {' '.join(command)}: {done.stderr or done.stdout}")

        run("migrate", "--verbosity", "0")
        accounts = fill(run)
        arguments = [ONWARD, "serve", "--port", str(port), "--no-access-log"]
        with (folder / "serve.log").open("wb") as log:
            process = subprocess.Popen(arguments, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_for(f"{url}/robots.txt", process)
            for name in ("demo", "full"):
                prepare(url, accounts[name])
            yield Site(url, accounts)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill(run: Run) -> dict[str, tuple[str, str]]:
    """Fill a server that has its tables, and return address and password of each account by what is in it.

    :param run: runs one of the server's own commands; `DJANGO_SUPERUSER_PASSWORD` must be `PASSWORD`
    """
    run("demo", "--force")
    run("shell", "-c", ROWS.read_text())
    return {"demo": (DEMO, DEMO_PASSWORD), "full": (FULL, PASSWORD), "empty": (EMPTY, PASSWORD)}


CELLS = """Company;Role;Status;Applied;Shoe size
Northwind;Engineer;applied;03/04/2026;42
Southwind;Cook;;;
;Nobody's;applied;;
"""


def prepare(url: str, account: tuple[str, str]) -> None:
    """Do what a person does whose pages are to be seen: plan an import and make one, keep a view, delete something."""
    client = Client(url, account)
    planned = client.send("/app/import/", "/app/import/", cells=CELLS).location
    done = client.send("/app/import/", "/app/import/", cells=CELLS.replace("wind", "sea")).location
    client.send(done, f"{done}start/")
    client.send(
        "/app/applications/?view=table",
        "/app/applications/views/",
        query="?view=table&status=applied",
        name="Waiting for an answer",
    )
    client.send(planned, "/app/applications/new/", company_name="Eastwind", job_title="Archivist", status="applied")
    table = client.ask("/app/applications/?view=table&q=Eastwind").text
    made = re.search(r'href="(/app/applications/\d+/)"[^>]*>Archivist', table)
    if made is None:
        msg = "what was to be deleted was not made"
        raise RuntimeError(msg)
    client.send(f"{made[1]}delete/", f"{made[1]}delete/")


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 240
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    sys.exit("the server did not come up")


def chromium() -> str:
    """Return where a Chromium is; ends the program where there is none."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    return found or sys.exit("no Chromium: name one in CHROMIUM")
