"""What happens to applications."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class ApplicationEvent(Event):
    """Something about one application; it carries the names that those who react need."""

    application_id: int
    company_name: str
    job_title: str


@dataclass(frozen=True, kw_only=True)
class ApplicationCreated(ApplicationEvent):
    """An application came into somebody's record."""

    name: ClassVar[str] = "application.created"
    status: str


@dataclass(frozen=True, kw_only=True)
class ApplicationUpdated(ApplicationEvent):
    """What is known of an application changed, other than its status alone.

    :ivar changed: the fields
    :ivar moved: whether its status changed with them
    """

    name: ClassVar[str] = "application.updated"
    changed: list[str]
    moved: bool = False


@dataclass(frozen=True, kw_only=True)
class StatusChanged(ApplicationEvent):
    """An application moved from one status to another.

    :ivar automatic: whether it moved because something else happened, such as an interview
    """

    name: ClassVar[str] = "application.status_changed"
    before: str
    after: str
    automatic: bool = False


@dataclass(frozen=True, kw_only=True)
class ApplicationDeleted(ApplicationEvent):
    """An application left the record."""

    name: ClassVar[str] = "application.deleted"


@dataclass(frozen=True, kw_only=True)
class NoteAdded(ApplicationEvent):
    """Somebody wrote something down about an application."""

    name: ClassVar[str] = "application.note_added"
    note_id: int
    note_type: str
