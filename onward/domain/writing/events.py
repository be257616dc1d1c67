"""What happens to what members write. The owner is who did it; words stand in the entry alone."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class EntryWritten(Event):
    """An entry is there for others to read. :ivar replied_to_id: the entry that it answers, where it answers one"""

    name: ClassVar[str] = "writing.written"
    entry_id: int
    kind: str
    replied_to_id: int | None


@dataclass(frozen=True, kw_only=True)
class Mentioned(Event):
    """People are named in an entry who were not before. :ivar user_ids: without its author"""

    name: ClassVar[str] = "writing.mentioned"
    entry_id: int
    user_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class EntryFlagged(Event):
    """Somebody has flagged an entry. :ivar is_hidden: whether it is hidden from now on, until a moderator decides"""

    name: ClassVar[str] = "writing.flagged"
    entry_id: int
    is_hidden: bool


@dataclass(frozen=True, kw_only=True)
class EntryRemoved(Event):
    """An entry was removed, by its author or a moderator."""

    name: ClassVar[str] = "writing.removed"
    entry_id: int


@dataclass(frozen=True, kw_only=True)
class EntryRestored(Event):
    """A moderator has put back what was removed."""

    name: ClassVar[str] = "writing.restored"
    entry_id: int
