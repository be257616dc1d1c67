"""What an API that speaks on lines says of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable
from uuid import UUID

from onward.platform.live.reading import Happened

if TYPE_CHECKING:
    from onward.platform.live.line import Line
    from onward.platform.live.switchboard import Switchboard


class Holder(NamedTuple):
    """Whose line it is, and the session with which it ends."""

    owner_id: int
    session_id: UUID


class Message(NamedTuple):
    """Something to tell one account.

    :ivar seq: the number of the event that it tells of
    :ivar channel: empty for all
    """

    owner_id: int
    seq: int
    channel: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Refused(Exception):
    """A client's message cannot be followed: it is told so, and the line stays open."""

    code: str
    message: str


class Mouth(Protocol):
    """A protocol that is spoken on lines.

    :cvar names: the events that it tells of
    :cvar channels: what a client may be told of, all at first
    """

    names: frozenset[str]
    channels: frozenset[str]

    def recognises(self, scope: Mapping[str, Any]) -> bool:
        """Whether a handshake shows something that was made here, told without the database; on the event loop."""

    def admit(self, scope: Mapping[str, Any]) -> Holder | None:
        """Return whose a line is to be; in a thread."""

    def messages(self, happened: Sequence[Happened]) -> Sequence[Message]:
        """Return what to tell of what has happened, in the same order; in a thread.

        Only to whom it happened: an account is told what is in its own record, and nothing else.
        """

    def opened(self, line: "Line") -> Mapping[str, Any]:
        """Return the first message of a line."""

    def heard(self, line: "Line", said: Mapping[str, Any], board: "Switchboard") -> Mapping[str, Any] | None:
        """Answer what a client said; on the event loop.

        :raises Refused: when it makes no sense
        """


@runtime_checkable
class SharedMouth(Mouth, Protocol):
    """A protocol that tells of what happens among several accounts: what one of them does concerns the others.

    Its `messages` say whom each event concerns.
    """

    def missed(self, owner_id: int, since: int, until: int) -> Sequence[Happened] | None:
        """Return what has happened among an account and others, after a number and up to another; in a thread.

        None where that is not known any more.
        """

    def came(self, line: "Line", board: "Switchboard") -> None:
        """Notice that a line is open; on the event loop."""

    def went(self, line: "Line", board: "Switchboard") -> None:
        """Notice that a line is gone; on the event loop."""
