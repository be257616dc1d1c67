"""The ASGI application in front of another one that answers the handshakes of lines itself."""

import asyncio
import logging
import resource
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from django.db import close_old_connections

from onward.platform.http.asgi import NAMELESS
from onward.platform.http.log import handshake_line
from onward.platform.live import frames, handshake
from onward.platform.live.guard import Guard
from onward.platform.live.handshake import Peer, Takeover
from onward.platform.live.line import Line
from onward.platform.live.mouth import Mouth
from onward.platform.live.switchboard import Switchboard
from onward.platform.metrics.middleware import LINES, PUSHES, counter

LOG = logging.getLogger("onward.live")

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

# Lines of a process, those among them that have not said whose they are, and threads that ask the database for them.
MOST = 6000
MOST_UNKNOWN = 512
WORKERS = 2
FILES_OF_OTHERS = 256


class Live:
    """Speaks on lines with those who ask for it, and leaves everything else to another application.

    :param mouths: who speaks under which path
    :param ended: returns which of these sessions are over
    """

    def __init__(
        self,
        application: Application,
        mouths: Mapping[str, Mouth],
        ended: Callable[[Sequence[UUID]], Sequence[UUID]],
    ) -> None:
        self._application = application
        self._mouths = mouths
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="live-tail")
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="live")
        self.board = Switchboard(
            tuple(dict.fromkeys(mouths.values())),
            partial(_run, self._reader),
            partial(_run, self._workers),
            ended,
            _note,
        )
        self._guard = Guard()
        self._takeover = Takeover()
        # Connections that belong to lines: whoever looks after all others leaves them alone.
        self.peers: set[Peer] = set()
        self._unknown = 0
        # Each has its connection twice, and others need files, too.
        self._most = min(MOST, (resource.getrlimit(resource.RLIMIT_NOFILE)[0] - FILES_OF_OTHERS) // 2)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        """Answer one ASGI scope."""
        if scope["type"] == "http":
            mouth = self._mouths.get(scope["path"].rstrip("/"))
            if mouth is not None and handshake.asks(headers := dict(scope["headers"])):
                await self._shake_hands(scope, headers, mouth, send)
                return
        await self._application(scope, receive, send)

    def stop(self) -> None:
        """Close every line."""
        self.board.close_all()

    async def _shake_hands(
        self, scope: dict[str, Any], headers: Mapping[bytes, bytes], mouth: Mouth, send: Send
    ) -> None:
        status, sentence = handshake.problem_of(scope["method"], headers) or (0, "")
        if not status and (len(self.peers) >= self._most or self._unknown >= MOST_UNKNOWN):
            status, sentence = 503, "Too many lines are open. Try again in a moment."
        wait = 0
        if not status and not mouth.recognises(scope) and (wait := self._guard.seconds(scope)):
            status, sentence = 429, "Too many lines were asked for without a token that is good."
        if status:
            handshake_line(scope["path"], status=status)
            await _refuse(send, status, sentence, wait=wait)
            return
        host, port = scope["client"]
        peer = (host, int(port))
        taken = self._takeover.take(peer, int(scope["server"][1]))
        if taken is None:
            handshake_line(scope["path"], status=503)
            await _refuse(send, 503, "The connection cannot become a WebSocket.")
            return
        handshake_line(scope["path"], status=101)
        held, numbers = taken
        self.peers.add(peer)
        try:
            await self._speak(held, scope, headers, mouth)
        finally:
            self._takeover.forget(numbers)
            self.peers.discard(peer)
        # The server's side of the connection ends with this answer, which nobody gets.
        with suppress(Exception):
            await _refuse(send, 400, "")

    async def _speak(self, held: Any, scope: dict[str, Any], headers: Mapping[bytes, bytes], mouth: Mouth) -> None:
        loop = asyncio.get_running_loop()
        over = loop.create_future()

        def ended(line: Line) -> None:
            self.board.remove(line)
            if not over.done():
                over.set_result(None)

        line = Line(held, mouth, self.board.hear, ended)
        await loop.connect_accepted_socket(lambda: line, held)
        line.raw(handshake.answer(headers[b"sec-websocket-key"]))
        self._unknown += 1
        try:
            await self.board.open(line, scope)
        except Exception:
            LOG.warning("live_not_opened", exc_info=True)
            line.close(frames.TRY_LATER, "The database does not answer. Try again in a moment.")
            line.resume_reading()
        finally:
            self._unknown -= 1
            await over


def _note(lines: int, pushes: int) -> None:
    counter().note(LINES, lines)
    counter().note(PUSHES, pushes)


def _run(pool: ThreadPoolExecutor, function: Callable[..., Any], *arguments: Any) -> asyncio.Future[Any]:
    return asyncio.get_running_loop().run_in_executor(pool, _with_fresh_connection, function, *arguments)


def _with_fresh_connection(function: Callable[..., Any], *arguments: Any) -> Any:
    close_old_connections()
    return function(*arguments)


async def _refuse(send: Send, status: int, sentence: str, *, wait: int = 0) -> None:
    """Answer a handshake that becomes no line. :param wait: seconds after which it may be tried again"""
    body = sentence.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
        NAMELESS,
    ]
    if wait:
        headers.append((b"retry-after", str(wait).encode()))
    if status == 426:
        headers += [(b"upgrade", b"websocket"), (b"sec-websocket-version", handshake.VERSION)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
