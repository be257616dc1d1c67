"""Bounding open connections: those that carry no request are closed first when too many are open.

The server accepts a fixed number of connections and lets all others wait, so whoever opens that many and says nothing
would stop everybody. Which connections carry a request is known here; the sockets are found among the process's own
files, since granian tells nobody of them.
"""

import asyncio
import contextlib
import os
import socket
import stat
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Set
from pathlib import Path
from typing import Any

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
Peer = tuple[str, int]

# Open connections of all addresses, and of one: far below what the server accepts, so that there is always room.
MOST = 1024
MOST_OF_ONE = 512
# A line (platform/live) holds its connection twice.
FILES_OF_A_LINE = 2
# Seconds between two looks.
TURN = 0.2
# How many files are looked at, or closed, before requests go on: some milliseconds.
SLICE = 64
# Seconds between two slices that are closed, in which the server lets go of them.
PAUSE = 0.01
FILES = next(path for path in (Path("/proc/self/fd"), Path("/dev/fd")) if path.is_dir())


class Connections:
    """An ASGI application around another one, which notes whose requests are being answered.

    :param apart: connections that are bounded elsewhere; they are left alone and do not count
    """

    def __init__(self, application: Application, apart: Set[Peer] = frozenset()) -> None:
        self._application = application
        self._apart = apart
        self._busy: Counter[Peer] = Counter()
        # When a connection was first seen to rest, by a count of looks.
        self._resting: dict[Peer, int] = {}
        self._looks = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer one ASGI scope."""
        client = scope.get("client")
        if not client:
            return await self._application(scope, receive, send)
        # The server writes the port as text.
        peer = (client[0], int(client[1]))
        self._busy[peer] += 1
        try:
            await self._application(scope, receive, send)
        finally:
            self._busy[peer] -= 1
            if not self._busy[peer]:
                del self._busy[peer]

    async def watch(self, listener: socket.socket) -> None:
        """Close idle connections whenever too many to this listener are open. Run until cancelled."""
        name = listener.getsockname()
        while True:
            await asyncio.sleep(TURN)
            # Counting the names of files costs microseconds; only a suspicious number is looked into.
            if _open_files() - FILES_OF_A_LINE * len(self._apart) > MOST_OF_ONE:
                await self.close_idle(name[1])
            elif self._resting:
                self._resting.clear()

    async def close_idle(self, port: int) -> None:
        """Close idle connections to a port until no limit is exceeded, a few at a time: requests go on in between."""
        found: dict[Peer, int] = {}
        numbers = [path.name for path in FILES.iterdir()]
        for start in range(0, len(numbers), SLICE):
            found.update(
                (peer, number)
                for number, peer in _accepted(port, numbers[start : start + SLICE])
                if peer not in self._apart
            )
            await asyncio.sleep(0)
        self._looks += 1
        self._resting = {peer: self._resting.get(peer, self._looks) for peer in found if peer not in self._busy}
        for place, peer in enumerate(surplus(self._resting, self._busy.keys() - self._apart)):
            # It may have got a request by now.
            if peer not in self._busy:
                _shut(found[peer], peer)
            if place % SLICE == SLICE - 1:
                await asyncio.sleep(PAUSE)


def surplus(resting: dict[Peer, int], busy: Iterable[Peer]) -> list[Peer]:
    """Choose the connections to close.

    :param resting: since when each connection has carried no request
    :param busy: connections that carry one; they count, and are never chosen
    """
    by_address: dict[str, list[Peer]] = defaultdict(list)
    # Of those seen at the same look the higher port is mostly the newer one.
    for peer in sorted(resting, key=lambda peer: (resting[peer], peer[1])):
        by_address[peer[0]].append(peer)
    open_by_address = Counter(peer[0] for peer in busy)
    for address, peers in by_address.items():
        open_by_address[address] += len(peers)
    total = sum(open_by_address.values())
    chosen: list[Peer] = []
    for address, number in open_by_address.most_common():
        # The address with the most gives way first, and for the sake of all it gives up half of what one may have.
        allowed = MOST_OF_ONE if total <= MOST else MOST_OF_ONE // 2
        given_up = by_address[address][: max(0, number - allowed)]
        chosen += given_up
        total -= len(given_up)
    if total > MOST:
        left = [peer for peer in sorted(resting, key=resting.__getitem__) if peer not in set(chosen)]
        chosen += left[: total - MOST]
    return chosen


def _open_files() -> int:
    # Linux tells the number since 6.2; before that the names are counted.
    return FILES.stat().st_size or sum(1 for _ in FILES.iterdir())


def _accepted(port: int, files: Iterable[str]) -> Iterator[tuple[int, Peer]]:
    """Yield this process's file descriptors that are connections to a port."""
    for name in files:
        with contextlib.suppress(OSError, ValueError):
            number = int(name)
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            held = socket.socket(fileno=number)
            try:
                own, peer = held.getsockname(), held.getpeername()
            finally:
                held.detach()
            if isinstance(own, tuple) and own[1] == port:
                yield number, (peer[0], peer[1])


def _shut(number: int, peer: Peer) -> None:
    """Shut down both directions of a connection, unless the number is another's by now. The server then drops it."""
    with contextlib.suppress(OSError):
        held = socket.socket(fileno=os.dup(number))
        with held:
            if held.getpeername()[:2] == peer:
                held.shutdown(socket.SHUT_RDWR)
