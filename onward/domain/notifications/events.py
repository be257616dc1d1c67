"""What happens to notifications."""

from dataclasses import dataclass
from typing import Any, ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class PreferencesChanged(Event):
    """Somebody chose other mails, or none. :ivar changed: the fields"""

    name: ClassVar[str] = "notifications.preferences_changed"

    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NoticeTold(Event):
    """Somebody's feed has a new line. :ivar type: what it is about; :ivar is_pushed: whether they want it pushed"""

    name: ClassVar[str] = "notice.told"

    notice_id: int
    type: str
    is_pushed: bool


@dataclass(frozen=True, kw_only=True)
class JobMatched(Event):
    """Somebody was told of a new posting that suits them. :ivar job: the posting, in short"""

    name: ClassVar[str] = "notice.job_matched"

    job: dict[str, Any]
    match_score: int


@dataclass(frozen=True, kw_only=True)
class NoticesRead(Event):
    """Somebody has read lines of their feed."""

    name: ClassVar[str] = "notice.read"

    notice_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Announced(Event):
    """The server's admins have something to tell everybody."""

    name: ClassVar[str] = "notice.announced"

    announcement_id: int
