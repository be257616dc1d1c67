"""All lines of a process, and the tail that feeds them."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from onward.platform.live import frames, reading
from onward.platform.live.line import MOST_WAITING, Line
from onward.platform.live.mouth import Holder, Message, Mouth, Refused, SharedMouth
from onward.platform.live.reading import Happened
from onward.platform.live.tail import Tail

LOG = logging.getLogger("onward.live")

# Lines of one account.
MOST_OF_ONE = 20
# Messages with which a client catches up.
MOST_REPLAYED = 500
# Seconds between two looks at the sessions of all lines.
SESSIONS = 0.5

# Why a line is closed, beside what the protocol itself knows.
UNAUTHENTICATED = 4401
TOO_MANY = 4429


class Switchboard:
    """Tells each line what happens in its owner's record.

    :param read: runs a function in the thread that looks at the event table and at sessions
    :param work: runs a function in a thread for what clients ask for
    :param ended: returns which of these sessions are over
    :param note: takes how many lines are open and how many messages of what has happened they were told, when one of
        the two has changed
    """

    def __init__(
        self,
        mouths: Collection[Mouth],
        read: Callable[..., Awaitable[Any]],
        work: Callable[..., Awaitable[Any]],
        ended: Callable[[Sequence[UUID]], Sequence[UUID]],
        note: Callable[[int, int], None] = lambda lines, pushes: None,
    ) -> None:
        self._mouths = mouths
        self._read = read
        self._work = work
        self._ended = ended
        self._note = note
        self._open = self._pushes = 0
        # Those that tell of what happens among several accounts, with how many lines each has.
        self._shared: dict[Mouth, int] = {mouth: 0 for mouth in mouths if isinstance(mouth, SharedMouth)}
        # By whose they are, and by the sessions with which they end.
        self._lines: dict[int, set[Line]] = defaultdict(set)
        self._sessions: dict[UUID, set[Line]] = defaultdict(set)
        self._tail = Tail(read, {name for mouth in mouths for name in mouth.names}, self._tell, self._resync_all)
        self._running: list[asyncio.Task[None]] = []
        self._beginning: asyncio.Future[None] | None = None

    @property
    def lines(self) -> int:
        """How many lines are open."""
        return self._open

    @property
    def position(self) -> int:
        """Up to which number of the event table everything has been told."""
        return self._tail.position

    async def open(self, line: Line, scope: Mapping[str, Any]) -> None:
        """Let a client in, or close its line and say why."""
        line.pause_reading()
        holder: Holder | None = None
        with suppress(UnicodeError):
            holder = await self._work(line.mouth.admit, scope)
        if holder is None:
            line.close(UNAUTHENTICATED, "The token is not valid.")
            line.resume_reading()
            return
        await self._begin()
        if line.is_closing:
            self._stop_unless_needed()
            return
        if len(self._lines.get(holder.owner_id, ())) >= MOST_OF_ONE:
            line.close(TOO_MANY, f"There may be {MOST_OF_ONE} lines of an account.")
            line.resume_reading()
            return
        line.owner_id, line.session_id = holder
        line.channels = line.mouth.channels
        line.since = line.seq = self._tail.position
        self._lines[holder.owner_id].add(line)
        self._sessions[holder.session_id].add(line)
        self._open += 1
        self._note(self._open, self._pushes)
        self.say(line, line.mouth.opened(line))
        if line.mouth in self._shared:
            self._shared[line.mouth] += 1
            line.mouth.came(line, self)
        line.resume_reading()

    def remove(self, line: Line) -> None:
        """Forget a line that has ended; without any, nobody looks at the database."""
        was_open = line in self._lines.get(line.owner_id, ())
        if was_open:
            self._open -= 1
            self._note(self._open, self._pushes)
        for lines, key in ((self._lines, line.owner_id), (self._sessions, line.session_id)):
            if key in lines:
                lines[key].discard(line)  # type: ignore[index]
                if not lines[key]:  # type: ignore[index]
                    del lines[key]  # type: ignore[arg-type]
        if was_open and line.mouth in self._shared:
            self._shared[line.mouth] -= 1
            line.mouth.went(line, self)
        self._stop_unless_needed()

    def _stop_unless_needed(self) -> None:
        if not self._lines:
            self._stop()

    def close_all(self) -> None:
        """Close every line: the server stops."""
        for line in [line for lines in self._lines.values() for line in lines]:
            line.close(frames.GOING_AWAY, "The server stops. Connect again.")

    async def _begin(self) -> None:
        """Have the tail run, from where the event table ends now."""
        while not self._running:
            if self._beginning is None:
                self._beginning = asyncio.ensure_future(self._start())
            await asyncio.shield(self._beginning)

    async def _start(self) -> None:
        # All of it before this task is done: who awaits one that is done goes on at once, and would ask again for ever.
        try:
            await self._tail.begin()
            self._running = [asyncio.ensure_future(work) for work in (self._tail.follow(), self._watch_sessions())]
        finally:
            self._beginning = None

    def _stop(self) -> None:
        for task in self._running:
            task.cancel()
        self._running = []

    async def _tell(self, happened: Sequence[Happened]) -> None:
        for mouth in self._mouths:
            theirs = [event for event in happened if event.name in mouth.names and self._concerns(mouth, event)]
            if theirs:
                for message in await self._read(mouth.messages, theirs):
                    self._deliver(mouth, message)
                self._note(self._open, self._pushes)

    def _concerns(self, mouth: Mouth, event: Happened) -> bool:
        """Whether somebody with a line may have to be told of an event."""
        return self._shared[mouth] > 0 if mouth in self._shared else event.owner_id in self._lines

    def _deliver(self, mouth: Mouth, message: Message) -> None:
        text = None
        for line in tuple(self._lines.get(message.owner_id, ())):
            if line.mouth is mouth and line.since < message.seq and _listens(line, message):
                text = text or _text(message.body, message.seq)
                self._pushes += 1
                self._push(line, message.seq, text)

    def _push(self, line: Line, seq: int, text: bytes) -> None:
        if line.held is not None:
            line.held.append((seq, text))
            if len(line.held) > MOST_WAITING:
                self._resync(line, seq)
        elif not line.send(seq, text):
            self._resync(line, seq)

    def _resync(self, line: Line, seq: int) -> None:
        """Tell a client that it has missed something, and go on after this."""
        line.held = None
        line.since = seq
        self.say(line, {"type": "resync"}, seq)

    def _resync_all(self) -> None:
        for lines in self._lines.values():
            for line in lines:
                self._resync(line, self._tail.position)

    def say(self, line: Line, body: Mapping[str, Any], seq: int | None = None) -> None:
        """Send a client something that is about no event."""
        seq = line.seq if seq is None else seq
        line.send(seq, _text(body, seq))

    def say_to(self, mouth: Mouth, owner_ids: Collection[int], body: Mapping[str, Any]) -> None:
        """Say something to all lines of some accounts that matters now or never: who is behind is passed over."""
        for owner_id in owner_ids:
            for line in tuple(self._lines.get(owner_id, ())):
                if line.mouth is mouth and not line.is_slow and not line.is_held:
                    self.say(line, body)

    def present(self, mouth: Mouth, owner_ids: Collection[int]) -> list[int]:
        """Return which of these accounts have a line, in order."""
        return sorted(
            owner_id for owner_id in owner_ids if any(line.mouth is mouth for line in self._lines.get(owner_id, ()))
        )

    def hear(self, line: Line, text: str) -> None:
        """Let the protocol answer what a client said."""
        try:
            answer = line.mouth.heard(line, _read(text), self)
        except Refused as refused:
            answer = _problem(refused.code, refused.message)
        if answer is not None:
            self.say(line, answer)

    def act(self, line: Line, work: Coroutine[Any, Any, None]) -> None:
        """Do something for a client that takes a while, one thing at a time.

        Nothing more is heard of the client until it is done.
        """
        line.pause_reading()
        line.busy = asyncio.ensure_future(self._act(line, work))

    async def _act(self, line: Line, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Refused as refused:
            self.say(line, _problem(refused.code, refused.message))
        except Exception:
            LOG.exception("live_act_failed")
            self.say(line, _problem("unavailable", "That did not work. Try again in a moment."))
        line.busy = None
        line.resume_reading()

    async def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Run a function that asks the database for a client."""
        return await self._work(function, *arguments)

    async def catch_up(self, line: Line, since: int) -> None:
        """Send again what has happened in a record since a number, and say so; the line goes on after that, in order.

        Where that is too much, or not known here, the client is told to fetch everything.
        """
        until = line.since
        line.held = []
        try:
            missed = await self._missed(line, since, until)
            for message in missed or ():
                await line.drained()
                if not line.is_held:
                    # It was told meanwhile that it has missed too much.
                    return
                if message.owner_id == line.owner_id and _listens(line, message):
                    line.send(message.seq, _text(message.body, message.seq))
            self.say(line, {"type": "resync" if missed is None else "caught_up"}, max(line.seq, until))
        finally:
            held, line.held = line.held, None
            for seq, text in held or ():
                self._push(line, seq, text)

    async def _missed(self, line: Line, since: int, until: int) -> Sequence[Message] | None:
        """Return what a client has missed; None when it cannot be told or is too much."""
        if since > self._tail.position:
            # A number of another server, or of this one before it was restored.
            return None
        mouth: Mouth = line.mouth
        happened: Sequence[Happened] | None
        if isinstance(mouth, SharedMouth):
            happened = await self._work(mouth.missed, line.owner_id, since, until)
        else:
            happened = await self._work(_events_of, mouth.names, line.owner_id, since, until)
        if happened is None or len(happened) > MOST_REPLAYED:
            return None
        return await self._work(mouth.messages, happened) if happened else []

    async def _watch_sessions(self) -> None:
        """Close the lines whose sessions are over, until cancelled."""
        while True:
            await asyncio.sleep(SESSIONS)
            try:
                over = await self._read(self._ended, tuple(self._sessions))
            except asyncio.CancelledError:
                raise
            except Exception:
                LOG.warning("live_sessions_not_checked", exc_info=True)
                continue
            for session_id in over:
                for line in tuple(self._sessions.get(session_id, ())):
                    line.close(UNAUTHENTICATED, "The session is over.")


def _events_of(names: Collection[str], owner_id: int, since: int, until: int) -> Sequence[Happened]:
    return reading.events(after=since, until=until, names=names, owner_id=owner_id)


def _problem(code: str, message: str) -> Mapping[str, Any]:
    return {"type": "error", "code": code, "message": message}


def _listens(line: Line, message: Message) -> bool:
    return not message.channel or message.channel in line.channels


def _text(body: Mapping[str, Any], seq: int) -> bytes:
    return json.dumps({**body, "seq": seq}, separators=(",", ":")).encode()


def _read(text: str) -> Mapping[str, Any]:
    """Read a client's message. :raises Refused: when it is no object of JSON"""
    try:
        said = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Refused("invalid_message", "A message must be an object of JSON.")
    return said


def _no_number(word: str) -> Any:
    raise ValueError(word)
