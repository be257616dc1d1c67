"""Reading a request's body under a limit of size, of time and of what all bodies together may hold."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

Receive = Callable[[], Awaitable[Mapping[str, Any]]]

MEGABYTE = 1024 * 1024
# A form with files may carry a file of 10 MB and what surrounds it. JSON is parsed in memory, where it takes many times
# its size; where a contract takes several long texts at once it may have more, other forms too.
FORM_LIMIT = 11 * MEGABYTE
JSON_LIMIT = 256 * 1024
LIMIT = 2_621_440
# A body has this many seconds, and one more for each piece of this many bytes that has come.
SECONDS = 30.0
PIECE = 32 * 1024
# All bodies that are being received in this process hold at most this much; small ones are not counted.
TOGETHER = 96 * MEGABYTE
SMALL = 64 * 1024
# Bodies of one account that are more than small and under way at once; the next one waits so many seconds.
OF_ONE = 2
TURN_WITHIN = 10.0
# Before a refusal this much more is read and thrown away, for so long.
LINGER = 16 * MEGABYTE
LINGER_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a body was not read: the status and the sentence of the answer."""

    status: int
    sentence: str


TOO_LARGE = Unread(413, "The request is too large.")
TOO_SLOW = Unread(408, "The request took too long to arrive.")
TOO_MANY = Unread(503, "Too much is being uploaded at once. Try again in a moment.")
TOO_MANY_OF_ONE = Unread(429, "Several of your uploads are still under way. Try again when one of them has ended.")
NOBODY = Unread(401, "Sign in first.")
BAD_LENGTH = Unread(400, "The Content-Length is not a number.")


class Gone(Exception):
    """The client left before its request was complete."""


# Asks whose request it is: the number of the account, or nothing when nobody is signed in.
Asks = Callable[[], Awaitable[int | None]]


class Bodies:
    """Reads bodies into memory, never to disk."""

    def __init__(self) -> None:
        self._held = 0
        self._turns: dict[int, Turns] = {}

    async def read(
        self, headers: list[tuple[bytes, bytes]], receive: Receive, *, account: Asks, json_limit: int = JSON_LIMIT
    ) -> bytes | Unread:
        """Return the body, or why it was not read.

        :param account: asked once, and only when the body is more than small
        :param json_limit: how many bytes of JSON may come
        :raises Gone: when the client disconnects
        """
        limit = LIMIT
        declared = 0
        listens_first = False
        for name, value in headers:
            if name == b"content-type":
                kind = value[:19].lower()
                if kind == b"multipart/form-data":
                    limit = FORM_LIMIT
                elif kind.startswith(b"application/json"):
                    limit = json_limit
            elif name == b"content-length":
                if not value.isdigit():
                    return BAD_LENGTH
                declared = int(value)
            elif name == b"expect":
                listens_first = True
        if declared > limit:
            if declared <= LINGER and not listens_first:
                await self.let_pass(receive)
            return TOO_LARGE
        async with contextlib.AsyncExitStack() as stack:
            return await self._collect(limit, receive, lambda: self._admit(account, stack))

    async def _admit(self, account: Asks, stack: contextlib.AsyncExitStack) -> Unread | None:
        """Receive the rest of a body, when it is a user's and its turn; what was entered ends with the body."""
        number = await account()
        if number is None:
            return NOBODY
        turns = self._turns.setdefault(number, Turns())
        turns.wanted += 1
        stack.callback(self._forget, number, turns)
        try:
            await asyncio.wait_for(turns.free.acquire(), TURN_WITHIN)
        except TimeoutError:
            return TOO_MANY_OF_ONE
        stack.callback(turns.free.release)
        return None

    def _forget(self, number: int, turns: "Turns") -> None:
        turns.wanted -= 1
        if not turns.wanted:
            del self._turns[number]

    async def let_pass(self, receive: Receive) -> None:
        """Throw away what still comes, up to a point.

        Most clients send everything before they listen, and would see a broken connection instead of the refusal.
        """
        passed = 0
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LINGER_SECONDS):
                while passed < LINGER:
                    message = await receive()
                    passed += len(message.get("body", b""))
                    if message["type"] != "http.request" or not message.get("more_body", False):
                        return

    async def _collect(
        self, limit: int, receive: Receive, admit: Callable[[], Awaitable[Unread | None]]
    ) -> bytes | Unread:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + SECONDS
        first = b""
        rest: bytearray | None = None
        size = counted = 0
        try:
            async with asyncio.timeout_at(deadline) as clock:
                while True:
                    message = await receive()
                    if message["type"] != "http.request":
                        raise Gone
                    piece = message.get("body", b"")
                    size += len(piece)
                    if size > limit:
                        await self.let_pass(receive)
                        return TOO_LARGE
                    if size > SMALL:
                        if not counted and (refused := await admit()):
                            await self.let_pass(receive)
                            return refused
                        self._held += size - counted
                        counted = size
                        if self._held > TOGETHER:
                            return TOO_MANY
                    if rest is not None:
                        rest += piece
                    elif first and piece:
                        rest = bytearray(first)
                        rest += piece
                    else:
                        first = first or piece
                    if not message.get("more_body", False):
                        return bytes(rest) if rest is not None else first
                    clock.reschedule(deadline + size / PIECE)
        except TimeoutError:
            return TOO_SLOW
        finally:
            self._held -= counted


class Turns:
    """The uploads of one account: how many may come now, and how many do or wait to."""

    __slots__ = ("free", "wanted")

    def __init__(self) -> None:
        self.free = asyncio.Semaphore(OF_ONE)
        self.wanted = 0
