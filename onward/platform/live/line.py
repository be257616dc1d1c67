"""One client's line: what waits for it, and what it says."""

import asyncio
import socket
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from onward.platform.live import frames

# Bytes of a client's message, and messages that may wait for a client that reads too slowly.
LONGEST = 4096
MOST_WAITING = 100
# Messages of a client's that are heard in a second; others have to wait.
MOST_A_SECOND = 100
# Bytes that are handed to the system before messages begin to wait here.
HANDED_OVER = 16 * 1024
# Seconds for a client to close, too; and to take something of what waits.
FAREWELL = 2.0
PATIENCE = 60.0


class Line(asyncio.Protocol):
    """A WebSocket on which messages go out in their order, as text.

    :param held: the connection, which the event loop reads and writes
    :param mouth: whose protocol is spoken on it
    :param heard: called with each text of the client's
    :param ended: called once, when the connection is gone
    :ivar since: what happened after this was sent on the line, or waits for it; a number of the event table
    :ivar seq: the latest that has been sent
    """

    __slots__ = (
        "_closing",
        "_deaf",
        "_drained",
        "_ended",
        "_heard",
        "_heard_in_second",
        "_late",
        "_paused",
        "_reader",
        "_second",
        "_socket",
        "_transport",
        "_waiting",
        "busy",
        "channels",
        "held",
        "mouth",
        "owner_id",
        "seq",
        "session_id",
        "since",
    )

    def __init__(
        self,
        held: socket.socket,
        mouth: Any,
        heard: "Callable[[Line, str], None]",
        ended: "Callable[[Line], None]",
    ) -> None:
        self._socket = held
        self._heard = heard
        self._ended = ended
        self._reader: frames.Reader | None = frames.Reader(LONGEST)
        self._transport: Any = None
        self._paused = False
        self._closing = False
        # How many want that nothing is heard.
        self._deaf = 0
        self._second = 0.0
        self._heard_in_second = 0
        # Gives up a client that takes nothing, or that does not close when it is asked to.
        self._late: asyncio.TimerHandle | None = None
        self._waiting: deque[tuple[int, bytes]] | None = None
        self._drained: asyncio.Future[None] | None = None
        self.mouth = mouth
        self.owner_id = 0
        self.session_id: Any = None
        self.channels: frozenset[str] = frozenset()
        self.since = 0
        self.seq = 0
        # While it is being caught up, what happens meanwhile.
        self.held: list[tuple[int, bytes]] | None = None
        self.busy: asyncio.Task[None] | None = None

    def connection_made(self, transport: Any) -> None:
        """Take the connection (asyncio's)."""
        self._transport = transport
        transport.set_write_buffer_limits(high=HANDED_OVER)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of everything (asyncio's)."""
        self._closing = True
        self._stop_waiting()
        self._waiting = None
        self._flow()
        if self.busy is not None:
            self.busy.cancel()
        self._ended(self)

    def data_received(self, data: bytes) -> None:
        """Take what the client sent (asyncio's)."""
        if self._reader is not None:
            self._reader.add(data)
            self._read()

    def _read(self) -> None:
        try:
            while self._reader is not None and not self._deaf and (frame := self._reader.next()) is not None:
                self._take(frame)
        except frames.Bad as bad:
            self.close(bad.code, bad.reason)
            # What else comes makes no sense, and there may be much of it.
            self._end()

    def eof_received(self) -> bool:
        """Close, since the client has (asyncio's)."""
        return False

    def _take(self, frame: frames.Frame) -> None:
        match frame.kind:
            case frames.TEXT if not self._closing:
                self._count()
                try:
                    text = frame.payload.decode()
                except UnicodeDecodeError:
                    raise frames.Bad(frames.NOT_TEXT, "That is no UTF-8.") from None
                self._heard(self, text)
            case frames.PING if not self._closing and not self._paused:
                self._transport.write(frames.frame(frames.PONG, frame.payload))
            case frames.CLOSE:
                if not self._closing:
                    code = frames.code_of(frame.payload)
                    self._transport.write(frames.closing(code if code != frames.NO_CODE else frames.NORMAL, ""))
                self._end()

    def pause_writing(self) -> None:
        """Let messages wait (asyncio's)."""
        self._paused = True
        self._wait(PATIENCE)

    def resume_writing(self) -> None:
        """Send what waits (asyncio's)."""
        self._paused = False
        self._stop_waiting()
        while self._waiting and not self._paused:
            self._write(*self._waiting.popleft())
        if not self._waiting:
            self._waiting = None
            self._flow()

    def _flow(self) -> None:
        if self._drained is not None and not self._drained.done():
            self._drained.set_result(None)

    async def drained(self) -> None:
        """Return when nothing waits for the client, or when it is gone."""
        if self._paused and not self._closing:
            if self._drained is None or self._drained.done():
                self._drained = asyncio.get_running_loop().create_future()
            await self._drained

    def raw(self, data: bytes) -> None:
        """Send bytes as they are: the answer to the handshake."""
        self._transport.write(data)

    def pause_reading(self) -> None:
        """Hear nothing more until `resume_reading`."""
        self._deaf += 1
        if not self._closing:
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Hear the client again, once for each `pause_reading`."""
        self._deaf -= 1
        if self._deaf:
            return
        self._read()
        self._listen()

    def _listen(self) -> None:
        # What was read just now may want that nothing more is.
        if not self._deaf and not self._transport.is_closing():
            self._transport.resume_reading()

    def _count(self) -> None:
        """Make a client wait that says too much at once."""
        now = asyncio.get_running_loop().time()
        if now - self._second >= 1:
            self._second, self._heard_in_second = now, 0
        self._heard_in_second += 1
        if self._heard_in_second == MOST_A_SECOND:
            self.pause_reading()
            asyncio.get_running_loop().call_at(self._second + 1, self.resume_reading)

    @property
    def is_closing(self) -> bool:
        """Whether nothing more will be sent."""
        return self._closing

    @property
    def is_slow(self) -> bool:
        """Whether messages wait for the client."""
        return self._paused

    @property
    def is_held(self) -> bool:
        """Whether what happens waits until the client is caught up."""
        return self.held is not None

    def send(self, seq: int, text: bytes) -> bool:
        """Send a message, or let it wait for a slow client; tells whether there was room for it.

        Where there was not, what waits is dropped and the line goes on from here: the caller tells the client so.
        """
        if self._closing:
            return True
        if not self._paused:
            self._write(seq, text)
            return True
        if self._waiting is None:
            self._waiting = deque()
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.clear()
            return False
        self._waiting.append((seq, text))
        return True

    def _write(self, seq: int, text: bytes) -> None:
        self.seq = max(self.seq, seq)
        self._transport.write(frames.frame(frames.TEXT, text))

    def close(self, code: int, reason: str = "") -> None:
        """Close with a reason; a client that does not answer is cut off."""
        if self._closing:
            return
        self._closing = True
        self._waiting = None
        self._stop_waiting()
        self._transport.write(frames.closing(code, reason))
        self._wait(FAREWELL)

    def _end(self) -> None:
        """Send no more after what was written, and wait for the client to hang up."""
        self._closing = True
        self._reader = None
        # The server holds the connection as well: closing our side alone would leave it open.
        with suppress(OSError, RuntimeError):
            self._transport.write_eof()
        self._wait(FAREWELL)

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._late = asyncio.get_running_loop().call_later(seconds, self._cut)

    def _stop_waiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _cut(self) -> None:
        self._closing = True
        self._reader = None
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._transport.abort()
