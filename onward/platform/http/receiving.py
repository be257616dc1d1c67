"""Receiving large bodies to the disk as they come: a process holds a block of each, however large it is."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from typing import Any, Protocol

from django.http import HttpRequest

from onward.platform import disk
from onward.platform.http.bodies import TOO_LARGE, TOO_MANY_OF_ONE, TOO_SLOW, Gone, Receive, Unread

# What is written at a time.
BLOCK = 256 * 1024
# Seconds in which a client may send nothing.
PATIENCE = 60.0
# Bodies of one account that are under way at once.
OF_ONE = 4
NO_ROOM = Unread(507, disk.SENTENCE)
MALFORMED = Unread(400, "The form cannot be read.")


class Malformed(ValueError):
    """What comes is not what it says to be."""


class Sink(Protocol):
    """Where a body goes. All but `give` and `limit` is called in threads, one call at a time.

    :ivar account: whose body it is
    :ivar limit: how many bytes of it are taken
    """

    account: int
    limit: int

    def write(self, data: bytes) -> None:
        """Take what has come. :raises Malformed: when it makes no sense; :raises OSError: as the disk says"""

    def end(self) -> None:
        """Make what has come last. Called once, also where the client has left or what came was refused."""

    def give(self, request: HttpRequest) -> None:
        """Tell the request, for which the body is empty, what has come."""

    def release(self) -> None:
        """The request was answered: remove what nobody has adopted."""


class Receiving:
    """Receives bodies into sinks. :param threads: does what waits for the disk"""

    def __init__(self, threads: Executor) -> None:
        self._threads = threads
        self._running: Counter[int] = Counter()

    async def receive(self, sink: Sink, receive: Receive) -> Unread | None:
        """Receive a body whole; return why it was not.

        :raises Gone: when the client leaves before its end; what came before is written
        """
        if self._running[sink.account] >= OF_ONE:
            await self._run(sink.end)
            return TOO_MANY_OF_ONE
        self._running[sink.account] += 1
        try:
            return await self._receive(sink, receive)
        except OSError as problem:
            if not disk.is_full(problem):
                raise
            disk.report(problem)
            return NO_ROOM
        except Malformed:
            return MALFORMED
        finally:
            self._running[sink.account] -= 1
            if not self._running[sink.account]:
                del self._running[sink.account]
            await self._run(sink.end)

    async def _receive(self, sink: Sink, receive: Receive) -> Unread | None:
        held = bytearray()
        size = 0
        while True:
            try:
                async with asyncio.timeout(PATIENCE):
                    message = await receive()
            except TimeoutError:
                message = None
            if message is None or message["type"] != "http.request":
                await self._run(sink.write, bytes(held))
                if message is None:
                    return TOO_SLOW
                raise Gone
            piece = message.get("body", b"")
            size += len(piece)
            if size > sink.limit:
                return TOO_LARGE
            held += piece
            more = message.get("more_body", False)
            if len(held) >= BLOCK or not more:
                await self._run(sink.write, bytes(held))
                held.clear()
            if not more:
                return None

    def _run(self, function: Callable[..., Any], *arguments: Any) -> Awaitable[Any]:
        return asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)
