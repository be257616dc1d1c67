"""Tabs that are told of moves while the web process and the worker are killed."""

import base64
import contextlib
import json
import os
import signal
import socket
import threading
import time
from collections import Counter
from typing import Any, Self

from bench.chaos.house import House, Where, running
from bench.chaos.writing import Mover

FEED = "/copilot/api/v1/notifications"
LINE = "/copilot/api/v1/ws/notifications"
ACCOUNTS = 4
KILLS = 4
# Seconds between two kills, and for the tabs to be told of the rest.
BETWEEN = 4.0
PATIENCE = 60.0


def lines(where: Where) -> list[str]:
    """Kill web and worker four times each while four accounts move applications, and count what their tabs missed."""
    with running(where, accounts=ACCOUNTS) as house:
        with contextlib.ExitStack() as stack:
            tabs = [stack.enter_context(Tab(house, token)) for token in house.tokens]
            with contextlib.ExitStack() as moving:
                movers = [moving.enter_context(Mover(house, token)) for token in house.tokens]
                for _ in range(KILLS):
                    time.sleep(BETWEEN)
                    with contextlib.suppress(SystemExit):
                        # One that was killed just now may not be there yet.
                        os.kill(house.web, signal.SIGKILL)
                    house.kill_worker()
                time.sleep(BETWEEN)
            written = [_written(house, token) for token in house.tokens]
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline and any(
                each - tab.told.keys() for tab, each in zip(tabs, written, strict=True)
            ):
                time.sleep(0.1)
        moved = sum(answer.status == 200 for mover in movers for answer in mover.answers)
        lost = sum(len(each - tab.told.keys()) for tab, each in zip(tabs, written, strict=True))
        twice = sum(count > 1 for tab in tabs for count in tab.told.values())
        return [
            f"{sum(map(len, written))} notifications of {moved} moves that were answered:"
            f" {lost} lost, {twice} told twice",
            f"the tabs came back {sum(tab.opened - 1 for tab in tabs)} times, and were told to fetch everything"
            f" {sum(tab.resyncs for tab in tabs)} times",
        ]


def _written(house: House, token: str) -> set[int]:
    """Return the ids in somebody's feed."""
    found: set[int] = set()
    while True:
        status, body, _ = house.ask("GET", f"{FEED}?limit=100&skip={len(found)}", token=token)
        if status != 200:
            time.sleep(0.2)
            continue
        page = json.loads(body)
        found |= {notice["id"] for notice in page["notifications"]}
        if not page["notifications"] or len(found) >= page["total"]:
            return found


class Tab:
    """A client that comes back whenever its line is gone, and catches up by the number that it saw last.

    :ivar told: how often it was told of each notification, by its id
    """

    def __init__(self, house: House, token: str) -> None:
        self._house, self._token = house, token
        self.told: Counter[int] = Counter()
        self.opened = self.resyncs = 0
        self._since: int | None = None
        # The numbers of notifications that it has seen, on this line and on all.
        self._here: set[int] = set()
        self._ever: set[int] = set()
        self._over = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(PATIENCE)
        return self

    def __exit__(self, *problem: object) -> None:
        self._over.set()
        self._thread.join(PATIENCE)

    def _run(self) -> None:
        while not self._over.is_set():
            with contextlib.suppress(OSError):
                self._listen()
            time.sleep(0.1)

    def _listen(self) -> None:
        status, body, _ = self._house.ask("GET", f"{FEED}/socket-token", token=self._token)
        if status != 200:
            return
        with socket.create_connection(("127.0.0.1", self._house.port), timeout=0.5) as connection:
            key = base64.b64encode(os.urandom(16)).decode()
            head = f"GET {LINE}?token={json.loads(body)['token']} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            head += f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
            connection.sendall(head.encode())
            rest = b""
            self._here = set()
            is_behind = self._since is not None
            while not self._over.is_set():
                with contextlib.suppress(TimeoutError):
                    if not (data := connection.recv(65536)):
                        return
                    rest += data
                if rest.startswith(b"HTTP/1.1 101 "):
                    begun, ended, following = rest.partition(b"\r\n\r\n")
                    rest = following if ended else begun
                while (found := _parsed(rest)) is not None:
                    message, rest = found
                    is_behind = self._hear(message, connection, is_behind=is_behind)

    def _hear(self, message: dict[str, Any], connection: socket.socket, *, is_behind: bool) -> bool:
        """Take a message; return whether the client is still to be caught up."""
        match message["type"]:
            case "connection_established":
                self.opened += 1
                if is_behind:
                    said = json.dumps({"type": "catch_up", "since": self._since}).encode()
                    # A mask of zeros leaves the message as it is.
                    connection.sendall(bytes((0x81, 0x80 | len(said))) + bytes(4) + said)
                    return True
                self._ready.set()
            case "resync":
                self.resyncs += 1
            case "notification":
                number = message["seq"]
                if number in self._here or number not in self._ever:
                    # What a catching up that broke off has told already is known by its number.
                    self.told[message["notification"]["id"]] += 1
                self._here.add(number)
                self._ever.add(number)
        if is_behind and message["type"] not in {"caught_up", "resync"}:
            return True
        self._since = max(self._since or 0, message["seq"])
        return False


def _parsed(data: bytes) -> tuple[dict[str, Any], bytes] | None:
    """Return the first whole message, and what follows it; a line that is closed says so. None: it is not all there."""
    if len(data) < 2 or data.startswith(b"HTTP/"):
        return None
    size, at = data[1], 2
    if size == 126:
        size, at = int.from_bytes(data[2:4], "big"), 4
    elif size == 127:
        size, at = int.from_bytes(data[2:10], "big"), 10
    if len(data) < at + size:
        return None
    if data[0] & 0x0F == 8:
        raise ConnectionError
    return json.loads(data[at : at + size]), data[at + size :]
