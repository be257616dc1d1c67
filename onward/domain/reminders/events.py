"""What happens to reminders."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class ReminderEvent(Event):
    """Something about one reminder; it carries what those who react need.

    :ivar application_id: of the application that it is about, if it is about one
    :ivar is_open: whether it waits to be done
    """

    reminder_id: int
    title: str
    remind_at: datetime
    application_id: int | None
    is_open: bool = True


@dataclass(frozen=True, kw_only=True)
class ReminderCreated(ReminderEvent):
    """Somebody wants to be reminded."""

    name: ClassVar[str] = "reminder.created"


@dataclass(frozen=True, kw_only=True)
class ReminderChanged(ReminderEvent):
    """A reminder changed, or was opened again. :ivar changed: the fields"""

    name: ClassVar[str] = "reminder.changed"
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class ReminderCompleted(ReminderEvent):
    """What somebody wanted to be reminded of is done."""

    name: ClassVar[str] = "reminder.completed"


@dataclass(frozen=True, kw_only=True)
class ReminderDeleted(ReminderEvent):
    """A reminder left the record."""

    name: ClassVar[str] = "reminder.deleted"
