"""What happens to postings, by what people do about them. What sources say is told by those who read them."""

from dataclasses import dataclass
from typing import Any, ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class PostingEvent(Event):
    """Something about one posting. :ivar by_id: who did it"""

    posting_id: int
    employer_id: int | None
    title: str
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class PostingChanged(PostingEvent):
    """A person wrote something else into a posting. :ivar changes: by field, what it was and what it is"""

    name: ClassVar[str] = "posting.changed"
    changes: dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class PostingPublished(PostingEvent):
    """A posting is on this server's own board."""

    name: ClassVar[str] = "posting.published"


@dataclass(frozen=True, kw_only=True)
class PostingWithdrawn(PostingEvent):
    """A posting is on this server's own board no longer."""

    name: ClassVar[str] = "posting.withdrawn"


@dataclass(frozen=True, kw_only=True)
class PostingClosed(PostingEvent):
    """A person said that an opening cannot be applied for any more. :ivar before: the state that it was in"""

    name: ClassVar[str] = "posting.closed"
    before: str
    reason: str
