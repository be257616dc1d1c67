"""Clients on lines within this process: the switchboard as it is, on a socket pair instead of a server's connection."""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable
from typing import Any

from django.db import connections

from onward.platform.live import frames
from onward.platform.live.line import Line
from onward.platform.live.switchboard import Switchboard
from tests.waiting import GENEROUS
from tests.wire import masked, parsed


async def here(function: Callable[..., Any], *arguments: Any) -> Any:
    """Run what would run in a thread in this one, which has the test's transaction."""
    await asyncio.sleep(0)
    return function(*arguments)


class Closed(Exception):
    """The server has closed. :ivar code: with which code"""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Client:
    """One tab."""

    def __init__(self, board: Switchboard, mouth: Any) -> None:
        self.board = board
        self.mouth = mouth
        self._rest = b""

    async def connect(self, query: str = "") -> "Client":
        """Open a line and take its first message."""
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        for end in (ours, theirs):
            end.setblocking(False)
        self.ours = ours
        self.line = Line(theirs, self.mouth, self.board.hear, self.board.remove)
        await loop.connect_accepted_socket(lambda: self.line, theirs)
        await self.board.open(self.line, {"query_string": query.encode()})
        self.first = await self.receive()
        return self

    async def send(self, said: Any) -> None:
        """Send a message: an object as JSON, text and bytes as they are."""
        data = said if isinstance(said, bytes) else masked(frames.TEXT, _text(said).encode())
        await asyncio.get_running_loop().sock_sendall(self.ours, data)

    async def receive(self) -> dict[str, Any]:
        """Return the next message. :raises Closed: when there will be none"""
        while (found := parsed(self._rest)) is None:
            async with asyncio.timeout(GENEROUS):
                data = await asyncio.get_running_loop().sock_recv(self.ours, 65536)
            if not data:
                raise Closed(1006)
            self._rest += data
        kind, payload, self._rest = found
        if kind == frames.CLOSE:
            raise Closed(int.from_bytes(payload[:2], "big"))
        return json.loads(payload) if kind == frames.TEXT else {"kind": kind, "payload": payload}

    async def ask(self, said: Any) -> dict[str, Any]:
        """Send a message and return the next one that comes."""
        await self.send(said)
        return await self.receive()

    async def until(self, kind: str) -> list[dict[str, Any]]:
        """Return the messages up to the next one of a type, which is the last of them."""
        found = [await self.receive()]
        while found[-1].get("type") != kind:
            found.append(await self.receive())
        return found


def _text(said: Any) -> str:
    return said if isinstance(said, str) else json.dumps(said)


def play(scene: Callable[[], Awaitable[None]]) -> None:
    """Run a scene on an event loop, with the connection and the transaction of the test."""
    ours = connections["default"]

    async def whole() -> None:
        connections["default"] = ours
        await scene()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    asyncio.run(whole())
    connections["default"] = ours
