"""Streaming answers, chunk by chunk, no faster than the client takes them."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.db import connections
from django.http.response import HttpResponseBase

LOG = logging.getLogger("onward.http")

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]

# What may wait in memory for one client, and how long a client may take nothing before it is given up.
WAITING = 256 * 1024
PATIENCE = 60.0
# Each stream has a thread and, where it reads the database, a connection of its own.
AT_ONCE = 24
AT_ONCE_OF_ONE = 4


class Streams:
    """Runs each streaming answer in a thread of its own, so that a slow client holds up nobody's request.

    A stream's generator runs in one thread from its first step to its last: its cursor and its connection stay with it.
    """

    def __init__(self) -> None:
        self._running: dict[Stream, str] = {}

    def is_full(self, owner: str) -> bool:
        """Return whether another stream must be refused for now. :param owner: the account; empty: nobody's"""
        running = self._running.values()
        of_one = sum(other == owner for other in running) if owner else 0
        return len(running) >= AT_ONCE or of_one >= AT_ONCE_OF_ONE

    async def send(self, response: HttpResponseBase, owner: str, receive: Receive, send: Send) -> None:
        """Send a streaming answer's chunks and close it, whatever happens on the way."""
        stream = Stream(response, asyncio.get_running_loop())
        self._running[stream] = owner
        stream.ended.add_done_callback(lambda _: self._running.pop(stream, None))
        gone = asyncio.ensure_future(disconnected(receive))
        gone.add_done_callback(lambda _: stream.give_up())
        try:
            while (data := await stream.next()) is not None:
                async with asyncio.timeout(PATIENCE):
                    await send({"type": "http.response.body", "body": data, "more_body": True})
            if stream.complete:
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            pass
        finally:
            stream.give_up()
            gone.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await gone
        if not stream.complete:
            # Ending without the last message makes the server cut the connection: the client sees that it lacks a part.
            raise Cut


class Cut(Exception):
    """A stream ended before its end."""


class Stream:
    """One streaming answer: a thread fills, the event loop empties, and neither runs far ahead."""

    def __init__(self, response: HttpResponseBase, loop: asyncio.AbstractEventLoop) -> None:
        self._response = response
        self._loop = loop
        self._condition = threading.Condition()
        self._chunks: list[bytes] = []
        self._size = 0
        self._over = False
        self._given_up = False
        self._filled = asyncio.Event()
        self.complete = False
        self.ended = loop.create_future()
        threading.Thread(target=self._run, name="stream", daemon=True).start()

    async def next(self) -> bytes | None:
        """Return all that is there, waiting for the first of it; None when nothing more will come."""
        while True:
            await self._filled.wait()
            with self._condition:
                data, self._chunks, self._size = b"".join(self._chunks), [], 0
                if not (self._over or self._given_up):
                    self._filled.clear()
                self._condition.notify()
            if data and not self._given_up:
                return data
            if self._over or self._given_up:
                return None

    def give_up(self) -> None:
        """Stop the generator at its next step: nobody listens."""
        with self._condition:
            self._given_up = True
            self._condition.notify()
        self._filled.set()

    def _run(self) -> None:
        complete = False
        try:
            for chunk in self._response:
                if not chunk:
                    continue
                with self._condition:
                    while self._size >= WAITING and not self._given_up:
                        self._condition.wait()
                    if self._given_up:
                        break
                    was_empty = not self._chunks
                    self._chunks.append(chunk)
                    self._size += len(chunk)
                if was_empty:
                    self._tell(self._filled.set)
            else:
                complete = True
        except Exception:
            # The status has gone out already. All that can be done is to cut the answer short, visibly, and to say so.
            LOG.exception("stream_failed")
        finally:
            try:
                self._response.close()
            finally:
                connections.close_all()
                self._tell(self._finish if complete else self._break_off)

    def _finish(self) -> None:
        self.complete = True
        self._break_off()

    def _break_off(self) -> None:
        self._over = True
        self._filled.set()
        self.ended.set_result(None)

    def _tell(self, function: Callable[..., Any], *arguments: Any) -> None:
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(function, *arguments)


async def disconnected(receive: Receive) -> None:
    """Return when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
