"""Mails on their way when the worker is killed."""

import contextlib
import json
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sized
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from itertools import chain

from bench.chaos.house import LIST, House, Where, running

REMINDERS = "/offers/api/v1/reminders/"
ACCOUNTS = 8
# Of each kind and account.
EACH = 20
KILLS = 5
# How many come between two kills.
BETWEEN = 25
# Seconds that those are waited for.
PATIENCE = 240.0
# Seconds after the last: longer than a claim and a lease together, which are 5 and 1 minutes.
AFTER = 400.0
# What the mail server needs for one.
PAUSE = 0.02


def mails(where: Where) -> list[str]:
    """Kill the worker ten times while it sends 320 mails, and count those that come twice (takes ten minutes)."""
    with (
        mail_server() as (port, arrived),
        running(where, accounts=ACCOUNTS, EMAIL_URL=f"smtp://127.0.0.1:{port}") as house,
    ):
        due = datetime.now(UTC) + timedelta(seconds=15)
        with ThreadPoolExecutor(ACCOUNTS) as pool:
            asked = list(chain.from_iterable(pool.map(lambda token: _ask(house, token, due), house.tokens)))
        wrong = Counter(status for status in asked if status not in {200, 201})
        time.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds()))
        # First come the reminders; moves are told of after two minutes, in which they may be taken back.
        for before in (0, ACCOUNTS * EACH):
            for kill in range(1, KILLS + 1):
                _wait_for(arrived, before + kill * BETWEEN)
                house.kill_worker()
        time.sleep(AFTER)
        lines = [f"refused when asked for: {dict(wrong)}"] if wrong else []
        for kind, words in (("reminders", "Reminder: "), ("status changes", "Application Update: ")):
            times = Counter(number for number, subject in arrived if subject.startswith(words))
            twice = sum(count > 1 for count in times.values())
            lines.append(f"{kind}: {len(times)} of {ACCOUNTS * EACH} came, {twice} of them more than once")
        return lines


def _wait_for(arrived: Sized, number: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while len(arrived) < number and time.monotonic() < deadline:
        time.sleep(0.01)


def _ask(house: House, token: str, due: datetime) -> list[int]:
    """Ask for reminders, and move each application; returns the statuses."""
    own = json.loads(house.ask("GET", LIST, token=token)[1])["results"]
    statuses = []
    for number, application in enumerate(own):
        body = {"title": f"Call {number}", "remind_at": due.isoformat()}
        statuses.append(house.ask("POST", REMINDERS, body, token=token)[0])
        path = f"{LIST}{application['id']}/status/"
        statuses.append(house.ask("PATCH", path, {"status": "interviewing"}, token=token)[0])
    return statuses


@contextlib.contextmanager
def mail_server() -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Run a mail server; returns its port, and each mail's number and subject as they come."""
    arrived: list[tuple[str, str]] = []

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 ready")
            while line := self.rfile.readline().strip().upper():
                if line == b"QUIT":
                    self._say("221 bye")
                    return
                self._say("354 go on" if line == b"DATA" else "250 well")
                if line == b"DATA":
                    self._take()

        def _take(self) -> None:
            lines = []
            while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                lines.append(line)
            mail = message_from_bytes(b"".join(lines))
            arrived.append((str(mail["Message-ID"]), str(mail["Subject"])))
            time.sleep(PAUSE)
            with contextlib.suppress(OSError):
                self._say("250 taken")

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, *arguments: object) -> None:
            """A worker that is killed says no goodbye."""

    with Server(("127.0.0.1", 0), Session) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1], arrived
        finally:
            server.shutdown()
