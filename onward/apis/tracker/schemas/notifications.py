"""What goes over the wire about notifications (section 8 of the tracker's document)."""

import re
from datetime import datetime, time
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from onward.domain.notifications.choices import NotificationStatus, NotificationType
from onward.domain.notifications.queries import preference
from onward.platform.lens import Lens
from onward.platform.wire import Body, Choice, From, Whole, Wire

TypeWord = Annotated[str, Choice(NotificationType)]
StatusWord = Annotated[str, Choice(NotificationStatus)]
TYPE_LABEL = Lens.one_to_one(dict(NotificationType.choices))
STATUS_LABEL = Lens.one_to_one(dict(NotificationStatus.choices))

_CLOCK = re.compile(r"\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?", re.ASCII)


def _clock(value: Any) -> Any:
    # Pydantic would take a number for seconds after midnight, and a time with a zone.
    if value is None or isinstance(value, time):
        return value
    if isinstance(value, str) and _CLOCK.fullmatch(value.strip()):
        try:
            return time.fromisoformat(value.strip())
        except ValueError:
            pass
    raise PydanticCustomError(
        "clock_format", "Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]]."
    )


TimeOfDay = Annotated[time, BeforeValidator(_clock), AfterValidator(lambda value: value.replace(microsecond=0))]


class PreferencesOut(Wire):
    """Which mails somebody wants, and when none is to come."""

    interview_reminders: Annotated[bool, preference("interview_reminders", default=True)]
    interview_reminder_hours: Annotated[int, preference("interview_reminder_hours", default=24)]
    application_updates: Annotated[bool, preference("application_updates", default=True)]
    weekly_summary: Annotated[bool, preference("weekly_summary", default=True)]
    quiet_hours_start: Annotated[time | None, preference("quiet_hours_start")]
    quiet_hours_end: Annotated[time | None, preference("quiet_hours_end")]


class PreferencesIn(Body):
    """What to change of one's preferences. What is absent stays as it is."""

    interview_reminders: bool = True
    interview_reminder_hours: Annotated[int, Whole(1, 168)] = 24
    application_updates: bool = True
    weekly_summary: bool = True
    quiet_hours_start: TimeOfDay | None = None
    quiet_hours_end: TimeOfDay | None = None


class NotificationOut(Wire):
    """A mail, and what has become of it."""

    id: int
    notification_type: TypeWord
    notification_type_display: Annotated[str, From("notification_type", lens=TYPE_LABEL)]
    subject: str
    status: StatusWord
    status_display: Annotated[str, From("status", lens=STATUS_LABEL)]
    sent_at: datetime | None
    created_at: datetime
