"""Lines: what 5,000 of them cost in one web process, and how soon they tell.

    python -m bench.live [--lines 5000] [--rate 100] [--seconds 20] [--postgresql]

Starts `onward serve` on a database of its own, opens a line for each of as many accounts, writes notices at the rate
from another process and measures from each commit to the client. Requests are counted without lines, with lines that
rest, and while notices are pushed.
"""

import argparse
import asyncio
import json
import os
import pickle
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any, cast

from bench import environment, processes
from bench.client import Load, Outcome
from bench.servers import BIN, free_port, started

FOLDER = environment.WORK / "live"
DATABASE = "onward_bench_live"
FEED = "/copilot/api/v1/notifications"
HANDSHAKE = (
    "GET /copilot/api/v1/ws/notifications?token={token} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
# Handshakes under way at a time, as after a server was started again.
AT_ONCE = 50


class Tab(asyncio.Protocol):
    """A client that notes when it was told of which notice. Its messages are shorter than one segment."""

    def __init__(self, token: str, told: dict[int, float]) -> None:
        self._token = token
        self._told = told
        self.opened = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        """Ask for a line."""
        self.transport = transport
        transport.write(HANDSHAKE.format(token=self._token).encode())

    def data_received(self, data: bytes) -> None:
        """Note what it tells."""
        now = time.monotonic()
        if not self.opened.done() and b"connection_established" in data:
            self.opened.set_result(None)
        at = data.find(b'"notification":{"id":')
        if at >= 0:
            self._told[int(data[at + 21 :].partition(b",")[0])] = now

    def connection_lost(self, exc: Exception | None) -> None:
        """Notice that it is over."""
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("not opened"))


def main() -> None:
    """Measure, or do one of the parts that need the database."""
    match sys.argv[1:]:
        case ["prepare", lines]:
            prepare(int(lines))
        case ["write", rate, seconds]:
            write(float(rate), float(seconds))
        case _:
            measure(_arguments())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    parser.add_argument("--lines", type=int, default=5000)
    parser.add_argument("--rate", type=float, default=100, help="notices a second")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--postgresql", action="store_true", help="instead of SQLite")
    return parser.parse_args()


def prepare(lines: int) -> None:
    """Make as many accounts with a session and a socket token each, and print what opens them."""
    _django()
    from datetime import timedelta

    from django.utils import timezone

    from onward.domain.accounts.models import User
    from onward.platform import tokens
    from onward.platform.tokens import sockets
    from onward.platform.tokens.models import Session, SocketToken

    now = timezone.now()
    hour = now + timedelta(hours=1)
    users = User.objects.bulk_create(
        [User(username=f"line{n}", email=f"line{n}@example.org", password="!") for n in range(lines)], batch_size=500
    )
    sessions = Session.objects.bulk_create([Session(user=user, api="copilot", expires_at=hour) for user in users])
    keys = [f"{n:043d}" for n in range(lines)]
    SocketToken.objects.bulk_create(
        # Longer than a minute: so many take a while to come.
        SocketToken(digest=sockets.digest(key), session=session, expires_at=hour)
        for key, session in zip(keys, sessions, strict=True)
    )
    opened = tokens.open_session(
        user=users[0], api="copilot", address=None, user_agent="bench", awaits_second_factor=False, at=now
    )
    sys.stdout.write(json.dumps({"access": opened.access, "keys": keys}))


def write(rate: float, seconds: float) -> None:
    """Write notices to one account after another at a rate, and print when each was committed."""
    _django()
    from django.utils import timezone

    from onward.domain.accounts.models import User
    from onward.domain.notifications.choices import CareerNoticeType
    from onward.domain.notifications.services import notices

    owners = list(User.objects.filter(username__startswith="line").order_by("pk").values_list("pk", flat=True))
    begun = time.monotonic()
    for number in range(int(rate * seconds)):
        time.sleep(max(0.0, begun + number / rate - time.monotonic()))
        row = notices.notice(
            owner_id=owners[number * 7919 % len(owners)],
            type_=CareerNoticeType.APPLICATION_UPDATE,
            title="Interview: Initech, Engineer",
            at=timezone.now(),
        )
        (pk,) = notices.tell([row])
        sys.stdout.write(f"{pk} {time.monotonic()}\n")


def _django() -> None:
    import django

    django.setup()


def measure(asked: argparse.Namespace) -> None:
    """Run the whole and print the figures as JSON."""
    variables = _variables(on_postgresql=asked.postgresql)
    subprocess.run([str(BIN / "onward"), "migrate", "-v0"], env=variables, check=True)
    opening = json.loads(_part(variables, "prepare", str(asked.lines)))
    port = int(variables["ONWARD_PUBLIC_URL"].rpartition(":")[2])
    command = [str(BIN / "onward"), "serve", "--port", str(port), "--no-access-log"]
    with started(command, variables=variables, log=FOLDER / "serve.log") as server:
        _wait(port)
        figures = asyncio.run(_figures(asked, opening, port, server.pid, variables))
    figures["load_of_the_machine"] = os.getloadavg()[0]
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


async def _figures(
    asked: argparse.Namespace, opening: dict[str, Any], port: int, server: int, variables: dict[str, str]
) -> dict[str, Any]:
    web = next(pid for pid in processes.family(server) if b"serving.web" in Path(f"/proc/{pid}/cmdline").read_bytes())
    load = pickle.dumps(_load(port, opening["access"], asked.seconds))
    # What a process has taken for its first requests is no line's.
    await _requests(load)
    without = await _requests(load)
    told: dict[int, float] = {}
    # The writer takes its share of the machine, whether or not anybody is told.
    writing, _ = await asyncio.gather(_requests(load), _push(asked, variables, told))
    before = _resident(web)
    begun = time.monotonic()
    tabs = await _open(opening["keys"], port, told)
    opened = time.monotonic() - begun
    await asyncio.sleep(2)
    each = (_resident(web) - before) / len(tabs)
    spent = processes.processor_times([web])
    await asyncio.sleep(5)
    resting = processes.spent(spent) / 5
    quiet = await _requests(load)
    alone = await _push(asked, variables, told)
    pushing, both = await asyncio.gather(_requests(load), _push(asked, variables, told))
    for tab in tabs:
        tab.transport.close()
    return {
        "database": "PostgreSQL" if asked.postgresql else "SQLite",
        "lines": len(tabs),
        "opened_a_second": round(len(tabs) / opened),
        "kilobytes_each": round(each, 1),
        "processor_percent_at_rest": round(100 * resting, 1),
        "commit_to_client_ms": alone,
        "commit_to_client_ms_beside_requests": both,
        "requests_a_second": {
            "without": round(without),
            "without_but_written_beside": round(writing),
            "with_lines": round(quiet),
            "while_pushing": round(pushing),
        },
    }


async def _open(keys: list[str], port: int, told: dict[int, float]) -> list[Tab]:
    loop = asyncio.get_running_loop()
    tabs: list[Tab] = []
    for start in range(0, len(keys), AT_ONCE):
        coming = []
        for key in keys[start : start + AT_ONCE]:
            _, tab = await loop.create_connection(lambda key=key: Tab(key, told), "127.0.0.1", port)  # type: ignore[misc]
            coming.append(tab)
        await asyncio.gather(*(tab.opened for tab in coming))
        tabs += coming
    return tabs


async def _push(asked: argparse.Namespace, variables: dict[str, str], told: dict[int, float]) -> dict[str, float]:
    """Have notices written, and return how long they took to the clients, in milliseconds."""
    arguments = [sys.executable, "-m", "bench.live", "write", str(asked.rate), str(asked.seconds)]
    writer = await asyncio.create_subprocess_exec(
        *arguments, env=variables, cwd=environment.ROOT, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await writer.communicate()
    await asyncio.sleep(2)
    written = {int(pk): float(at) for pk, at in (line.split() for line in out.decode().splitlines())}
    took = sorted(1000 * (told[pk] - at) for pk, at in written.items() if pk in told)
    return {
        "written": len(written),
        "lost": len(written) - len(took),
        **({"median": _part_of(took, 0.5), "p95": _part_of(took, 0.95), "longest": _part_of(took, 1)} if took else {}),
    }


def _part_of(times: list[float], part: float) -> float:
    return round(times[min(int(len(times) * part), len(times) - 1)], 1)


async def _requests(load: bytes) -> float:
    client = await asyncio.create_subprocess_exec(
        *[sys.executable, "-m", "bench.client"],
        cwd=environment.ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await client.communicate(load)
    outcome = cast("Outcome", pickle.loads(out))
    if outcome.problem:
        raise SystemExit(outcome.problem)
    return outcome.answers / outcome.seconds


def _load(port: int, access: str, seconds: float) -> Load:
    request = f"GET {FEED}?limit=20 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {access}\r\n\r\n"
    return Load(port=port, requests=[request.encode()], expected_status=200, connections=8, seconds=seconds / 2)


def _part(variables: dict[str, str], *arguments: str) -> bytes:
    command = [sys.executable, "-m", "bench.live", *arguments]
    return subprocess.run(command, env=variables, cwd=environment.ROOT, stdout=subprocess.PIPE, check=True).stdout


def _variables(*, on_postgresql: bool) -> dict[str, str]:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    variables = environment.onward() | {
        "DJANGO_SETTINGS_MODULE": "onward.config.settings",
        "ONWARD_DATA_DIR": str(FOLDER),
        "ONWARD_PUBLIC_URL": f"http://127.0.0.1:{free_port()}",
    }
    if not on_postgresql:
        return {name: value for name, value in variables.items() if name != "ONWARD_DATABASE_URL"}
    import psycopg

    with psycopg.connect(environment.maintenance_url(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE}")  # type: ignore[arg-type]
        connection.execute(f"CREATE DATABASE {DATABASE}")  # type: ignore[arg-type]
    return variables | {"ONWARD_DATABASE_URL": environment.maintenance_url().rpartition("/")[0] + f"/{DATABASE}"}


def _resident(pid: int) -> float:
    """Return the resident memory of a process, in kilobytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024


def _wait(port: int) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/copilot/health", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"onward serve does not answer:\n{(FOLDER / 'serve.log').read_text(errors='replace')[-3000:]}")


if __name__ == "__main__":
    main()
