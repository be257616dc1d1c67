"""Many who write in one chat while the server is killed, and somebody who reads on from what they saw last."""

import contextlib
import itertools
import json
import os
import signal
import threading
import time
from collections import Counter
from typing import Any, Self

from bench.chaos.house import House, Probe, Where, running

WRITERS, KILLS, BETWEEN = 8, 6, 3.0
CHATS = "/campus/api/chats/"


class Sender(Probe):
    """Sends one message after another, and notes which were acknowledged. :ivar sent: how many were tried"""

    good = 201

    def __init__(self, house: House, path: str, token: str, name: int) -> None:
        super().__init__(house, path, token)
        self._name = name
        self.sent = 0
        self.acknowledged: dict[str, int] = {}

    def ask(self) -> tuple[int, bytes, float]:
        """Send one message; return status, body and seconds."""
        self.sent += 1
        content = f"{self._name}.{self.sent}"
        status, body, seconds = self._house.ask("POST", self._path, {"content": content}, token=self._token, seconds=60)
        if status == self.good:
            self.acknowledged[content] = json.loads(body)["id"]
        return status, body, seconds


class Reader:
    """Reads a list on from the last number that it has seen, for as long as the block lasts and then to its end."""

    def __init__(self, house: House, path: str, token: str) -> None:
        self._house, self._path, self._token = house, path, token
        self.rows: list[dict[str, Any]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        is_last = False
        while not is_last:
            is_last = self._over.is_set()
            while self._read():
                pass
            time.sleep(0.02)

    def _read(self) -> bool:
        """Read on; return whether there may be more. What is not answered is asked again."""
        since = self.rows[-1]["id"] if self.rows else 0
        address = f"{self._path}?since_id={since}&page_size=100"
        status, body, _ = self._house.ask("GET", address, token=self._token, seconds=10)
        if status != 200:
            time.sleep(0.1)
            return self._over.is_set()
        page = json.loads(body)
        self.rows += page["results"]
        return page["next"] is not None


def chats(where: Where) -> list[str]:
    """Have eight accounts write in one chat, and one read on, while the web process is killed six times."""
    with running(where, accounts=WRITERS + 1) as house:
        ids = [json.loads(house.ask("GET", "/campus/api/auth/user/", token=one)[1])["id"] for one in house.tokens]
        *writing, reading = house.tokens
        status, said, _ = house.ask("POST", CHATS, {"participants": ids}, token=reading)
        if status != 201:
            raise SystemExit(f"{status} {said[:300]!r}")
        path = f"{CHATS}{json.loads(said)['id']}/"
        with (
            Reader(house, f"{path}messages/", reading) as messages,
            Reader(house, f"{path}updates/", reading) as updates,
        ):
            with contextlib.ExitStack() as stack:
                senders = [
                    stack.enter_context(Sender(house, f"{path}messages/", token, number))
                    for number, token in enumerate(writing)
                ]
                for _ in range(KILLS):
                    _wait(house, path, reading)
                    time.sleep(BETWEEN)
                    os.kill(house.web, signal.SIGKILL)
            _wait(house, path, reading)
        with Reader(house, f"{path}messages/", reading) as there:
            pass
    return list(_ledger(senders, messages.rows, updates.rows, there.rows))


def _wait(house: House, path: str, token: str) -> None:
    while house.ask("GET", path, token=token, seconds=10)[0] != 200:
        time.sleep(0.1)


def _ledger(
    senders: list[Sender], seen: list[dict[str, Any]], updates: list[dict[str, Any]], there: list[dict[str, Any]]
) -> list[str]:
    """Compare what was acknowledged with what is there, and what is there with what was read meanwhile."""
    acknowledged = {content: pk for sender in senders for content, pk in sender.acknowledged.items()}
    contents = Counter(row["content"] for row in there)
    kept = {row["content"]: row["id"] for row in there}
    told = Counter(row["message_id"] for row in updates if row["kind"] == "message")
    missed = {row["id"] for row in there} - {row["id"] for row in seen}
    return [
        f"{sum(sender.sent for sender in senders)} messages were sent, {len(acknowledged)} acknowledged,"
        f" {len(there)} are there",
        f"acknowledged and not there: {sum(kept.get(content) != pk for content, pk in acknowledged.items())};"
        f" there twice: {sum(count > 1 for count in contents.values())}",
        f"without one update: {sum(told[row['id']] != 1 for row in there)};"
        f" updates of no message: {len(told.keys() - {row['id'] for row in there})}",
        f"missed by who reads on: {len(missed)}; read twice or out of order:"
        f" {sum(one['id'] >= other['id'] for one, other in itertools.pairwise(seen))}",
    ]
