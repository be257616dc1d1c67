"""Lines: what 5,000 of them cost in one web process, and how soon they tell.

    python -m bench.live [--stores sqlite postgresql] [--lines 5000] [--rate 100] [--rounds 3] [--seconds 5]

On each database, two web processes as `onward serve` starts them stand on one record and one core: one has a line for
each of as many accounts, the other has none. They take turns, round by round, while the other one is stopped (SIGSTOP),
so that whatever else the machine does meanwhile slows both alike: requests are counted while nothing is written, and
while another process writes notices at the rate, of which those with lines are told. Medians of the rounds.
"""

import argparse
import asyncio
import contextlib
import json
import os
import pickle
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, cast

from bench import environment, processes
from bench.client import Load, Outcome
from bench.servers import command, free_port, started
from onward.config.serving.supervisor import ALLOCATOR

FOLDER = environment.WORK / "live"
DATABASE = "onward_bench_live"
FEED = "/copilot/api/v1/notifications"
HANDSHAKE = (
    "GET {path}?token={token} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
STORES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
# Seconds before each turn, not counted, in which a process that was stopped comes to itself.
WARM_UP = 1.0
# Handshakes under way at a time, as after a server was started again.
AT_ONCE = 50


class Tab(asyncio.Protocol):
    """A client that notes when it was told of which notice. Its messages are shorter than one segment."""

    path = "/copilot/api/v1/ws/notifications"
    # What the first message of a line says; and, before its number, each that tells of something.
    first, telling = b"connection_established", re.compile(rb'"notification":\{"id":(\d+)')

    def __init__(self, token: str, told: dict[int, float]) -> None:
        self._token = token
        self._told = told
        self.opened = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        """Ask for a line."""
        self.transport = transport
        transport.write(HANDSHAKE.format(path=self.path, token=self._token).encode())

    def data_received(self, data: bytes) -> None:
        """Note what it tells."""
        now = time.monotonic()
        if not self.opened.done() and self.first in data:
            self.opened.set_result(None)
        for found in self.telling.finditer(data):
            self.note(int(found[1]), now)

    def note(self, number: int, at: float) -> None:
        """Note when it was told of something."""
        self._told[number] = at

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
            asked = _arguments()
            print("\n".join(table([measure(asked, store) for store in asked.stores])), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    parser.add_argument("--lines", type=int, default=5000)
    parser.add_argument("--rate", type=float, default=100, help="notices a second")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5, help="how long each turn is measured")
    parser.add_argument("--stores", nargs="+", choices=list(STORES), default=list(STORES))
    return parser.parse_args()


def prepare(lines: int) -> None:
    """Make as many accounts with a session and a socket token each, and print what opens them."""
    set_up()
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
    keys = [sockets.make() for _ in range(lines)]
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
    set_up()
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
        print(pk, time.monotonic(), flush=True)


def set_up() -> None:
    """Make Django's models ready in this process."""
    import django

    django.setup()


@dataclass
class Web:
    """A web process. :ivar quiet: requests a second while nothing is written; :ivar busy: while notices are"""

    port: int
    pid: int
    quiet: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)


def measure(asked: argparse.Namespace, store: str) -> dict[str, Any]:
    """Measure on one database and return the figures."""
    with tables(store) as (variables, own):
        opening = json.loads(run_part(variables, "prepare", str(asked.lines)))
        with serving(variables, own, "without") as without, serving(variables, own, "with") as having:
            figures = asyncio.run(_figures(asked, opening, without, having, variables))
    return {"store": STORES[store], **figures}


async def _figures(
    asked: argparse.Namespace, opening: dict[str, Any], without: Web, having: Web, variables: dict[str, str]
) -> dict[str, Any]:
    access = opening["access"]
    for web in (without, having):
        # What a process has taken for its first requests is no line's.
        await _requests(_load(web, access, 2.0))
    told: dict[int, float] = {}
    before = _resident(having.pid)
    begun = time.monotonic()
    tabs = await open_lines(partial(Tab, told=told), opening["keys"], having.port)
    opened = time.monotonic() - begun
    await asyncio.sleep(2)
    each = (_resident(having.pid) - before) / len(tabs)
    with _stopped(without):
        web, database = processes.processor_times([having.pid]), processes.processor_times(_backends(variables))
        await asyncio.sleep(5)
        resting, asking = processes.spent(web) / 5, processes.spent(database) / 5
        alone = await _push(asked, asked.rounds * asked.seconds, variables, told, asyncio.Event())
    beside: list[Told] = []
    for number in range(1, asked.rounds + 1):
        for web, other in ((without, having), (having, without)):
            with _stopped(other):
                await _requests(_load(web, access, WARM_UP))
                processes.pin(_backends(variables), processes.cores()[1])
                load = _load(web, access, asked.seconds)
                web.quiet.append(await _requests(load))
                begun = asyncio.Event()
                pushing = asyncio.ensure_future(_push(asked, asked.seconds, variables, told, begun))
                await begun.wait()
                web.busy.append(await _requests(load))
                pushed = await pushing
                if web is having:
                    beside.append(pushed)
            name = "with" if web is having else "without"
            print(
                f"round {number}  {name:<8} {web.quiet[-1]:6.0f} requests/s, {web.busy[-1]:6.0f} while written",
                flush=True,
            )
    for tab in tabs:
        tab.transport.close()
    return {
        "lines": len(tabs),
        "opened_a_second": len(tabs) / opened,
        "kilobytes_each": each,
        "resting": resting,
        "resting_database": asking,
        "alone": alone,
        "beside": Told(sum(one.written for one in beside), sorted(took for one in beside for took in one.took)),
        "quiet": (statistics.median(without.quiet), statistics.median(having.quiet)),
        "busy": (statistics.median(without.busy), statistics.median(having.busy)),
        "load": os.getloadavg()[0],
    }


@dataclass
class Told:
    """How notices came. :ivar took: milliseconds from each commit to the client, of those that came"""

    written: int
    took: list[float]

    def __str__(self) -> str:
        return ", ".join(f"{_part_of(self.took, part):,.0f}" for part in (0.5, 0.95, 1)) if self.took else "none"


def table(found: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of a table: a column for each database, and what is wanted."""

    def ratio(name: str) -> Any:
        return lambda figures: (
            f"{figures[name][0]:,.0f}, {figures[name][1]:,.0f}: {figures[name][1] / figures[name][0]:.0%}"
        )

    yield from laid_out(
        found,
        ("lines, opened a second", "", lambda f: f"{f['lines']:,}, {f['opened_a_second']:,.0f}"),
        ("KB a line", "≤ 40", lambda f: f"{f['kilobytes_each']:.1f}"),
        ("of one core, while lines rest: the web process", "", lambda f: f"{f['resting']:.1%}"),
        ("and PostgreSQL for it", "", lambda f: f"{f['resting_database']:.1%}" if f["resting_database"] else ""),
        ("commit to client, ms: median, p95, longest", "p95 ≤ 300", lambda f: str(f["alone"])),
        ("the same beside requests", "p95 ≤ 300", lambda f: str(f["beside"])),
        ("lost", "0", lambda f: lost(f["alone"], f["beside"])),
        ("requests a second without lines, with lines that rest", "≥ 90 %", ratio("quiet")),
        ("the same while notices are written, and told", "", ratio("busy")),
    )


def laid_out(found: list[dict[str, Any]], *rows: tuple[str, str, Callable[[dict[str, Any]], str]]) -> Iterator[str]:
    """Yield the lines of a table. :param rows: of each its title, what is wanted, and what makes a cell of figures"""
    yield f"| | {' | '.join(figures['store'] for figures in found)} | wanted |"
    yield f"|---|{'---:|' * len(found)}---|"
    for title, wanted, cell in (*rows, ("load of the machine", "", lambda figures: f"{figures['load']:.1f}")):
        yield f"| {title} | {' | '.join(cell(figures) for figures in found)} | {wanted} |"


def lost(*every: Told) -> str:
    """Return how many did not come, of how many."""
    written = sum(each.written for each in every)
    return f"{written - sum(len(each.took) for each in every)} of {written:,}"


@contextlib.contextmanager
def tables(store: str) -> Iterator[tuple[dict[str, str], set[int]]]:
    """Make the tables in an empty database; yield the environment of processes that use it, and the servers' cores.

    This process keeps off these cores meanwhile.
    """
    variables = fresh(on_postgresql=store == "postgresql")
    own, others = processes.cores()
    os.sched_setaffinity(0, others)
    subprocess.run([sys.executable, "-m", "onward", "migrate", "-v0"], env=variables, cwd=environment.ROOT, check=True)
    yield variables, own
    os.sched_setaffinity(0, own | others)


@contextlib.contextmanager
def serving(variables: dict[str, str], cores: set[int], name: str) -> Iterator[Web]:
    """Run a web process for the length of the block, as `onward serve` starts it."""
    port, log = free_port(), FOLDER / f"{name}.log"
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(1024)
        listener.setblocking(False)
        arguments = command("onward", sys.executable, port, listener)
        with contextlib.ExitStack() as running:
            with processes.on(cores):
                process = running.enter_context(
                    started(arguments, variables={**ALLOCATOR, **variables}, log=log, passed=(listener.fileno(),))
                )
            _wait(port, log)
            yield Web(port, process.pid)


@contextlib.contextmanager
def _stopped(web: Web) -> Iterator[None]:
    os.kill(web.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(web.pid, signal.SIGCONT)


def _backends(variables: dict[str, str]) -> list[int]:
    """List PostgreSQL's processes for the clients of the database."""
    if (url := variables.get("ONWARD_DATABASE_URL")) is None:
        return []
    import psycopg

    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    return [pid for (pid,) in rows]


async def open_lines(kind: Callable[[str], Tab], keys: list[str], port: int) -> list[Tab]:
    """Open a line with each of these tokens. :param kind: makes a client of a token"""
    loop = asyncio.get_running_loop()
    tabs: list[Tab] = []
    for start in range(0, len(keys), AT_ONCE):
        coming = []
        for key in keys[start : start + AT_ONCE]:
            _, tab = await loop.create_connection(partial(kind, key), "127.0.0.1", port)
            coming.append(tab)
        await asyncio.gather(*(tab.opened for tab in coming))
        tabs += coming
    return tabs


async def _push(
    asked: argparse.Namespace, seconds: float, variables: dict[str, str], told: dict[int, float], begun: asyncio.Event
) -> Told:
    """Have notices written, and return how long they took to the clients. :param begun: set when the first is"""
    arguments = [sys.executable, "-m", "bench.live", "write", str(asked.rate), str(seconds)]
    writer = await asyncio.create_subprocess_exec(
        *arguments, env=variables, cwd=environment.ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert writer.stdout
    first = await writer.stdout.readline()
    begun.set()
    out = first + (await writer.communicate())[0]
    await asyncio.sleep(2)
    written = {int(pk): float(at) for pk, at in (line.split() for line in out.decode().splitlines())}
    return Told(len(written), sorted(1000 * (told[pk] - at) for pk, at in written.items() if pk in told))


def _part_of(times: list[float], part: float) -> float:
    return times[min(int(len(times) * part), len(times) - 1)]


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


def _load(web: Web, access: str, seconds: float) -> bytes:
    request = f"GET {FEED}?limit=20 HTTP/1.1\r\nHost: 127.0.0.1:{web.port}\r\nAuthorization: Bearer {access}\r\n\r\n"
    load = Load(port=web.port, requests=[request.encode()], expected_status=200, connections=8, seconds=seconds)
    return pickle.dumps(load)


def run_part(variables: dict[str, str], *arguments: str, module: str = "bench.live") -> bytes:
    """Run a part that needs the database in a process of its own; return what it prints."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env=variables, cwd=environment.ROOT, stdout=subprocess.PIPE, check=True).stdout


def fresh(*, on_postgresql: bool) -> dict[str, str]:
    """Make an empty database; return the environment of processes that use it."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    variables = environment.onward() | {
        "DJANGO_SETTINGS_MODULE": "onward.config.settings",
        "ONWARD_DATA_DIR": str(FOLDER),
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


def _wait(port: int, log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/copilot/health", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"the web process does not answer:\n{log.read_text(errors='replace')[-3000:]}")


if __name__ == "__main__":
    main()
