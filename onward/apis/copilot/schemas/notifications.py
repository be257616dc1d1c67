"""What somebody is told, and what they want to be told, as the copilot document shows them."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from onward.apis.copilot.schemas.words import IdInBody
from onward.domain.notifications.choices import CareerNoticeType, Digest, NoticePriority
from onward.domain.notifications.queries import IS_READ
from onward.platform.lens import Unset
from onward.platform.wire import Body, Choice, From, Wire

NOTHING = Unset(stored="", shown=None)
TypeWord = Annotated[str, Choice(CareerNoticeType)]
PriorityWord = Annotated[str, Choice(NoticePriority)]
# As many may be marked at once.
MOST_MARKED = 1000


class NotificationOut(Wire):
    """A line of somebody's feed. ``data`` says by ids what it is about."""

    id: int
    user_id: Annotated[int, From("owner_id")]
    type: TypeWord
    priority: PriorityWord
    title: str
    message: str
    data: dict[str, Any]
    action_url: Annotated[str | None, From("action_url", lens=NOTHING)]
    is_read: Annotated[bool, IS_READ]
    read_at: datetime | None
    created_at: datetime


class Feed(BaseModel):
    """A part of the feed; ``total`` counts what was asked for, ``unread_count`` the whole feed."""

    notifications: list[NotificationOut]
    total: int
    unread_count: int


class MarkIn(Body):
    """Which notifications have been read."""

    notification_ids: Annotated[list[IdInBody], Field(min_length=1, max_length=MOST_MARKED)]


class MarkOut(BaseModel):
    """Which of them are there, and are read now."""

    success: bool
    count: int
    notification_ids: list[int]


class SocketTokenOut(BaseModel):
    """What opens one line. :ivar expires_in: seconds for which it is good"""

    token: str
    expires_in: int


_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def _clock(text: str) -> str:
    if not _CLOCK.fullmatch(text):
        raise PydanticCustomError("clock_format", "A time must be written as HH:MM, from 00:00 to 23:59.")
    return text


# A word that might stand for yes is none.
Flag = Annotated[bool, Field(strict=True)]
TimeOfDay = Annotated[str, AfterValidator(_clock)]


class Categories(Body):
    """Which types of notifications there are to be; of a change, those to switch."""

    model_config = ConfigDict(extra="forbid")

    job_status_change: Flag = True
    application_update: Flag = True
    interview_reminder: Flag = True
    new_job_match: Flag = True
    application_deadline: Flag = True
    skill_gap_report: Flag = True
    system_announcement: Flag = True
    morning_briefing: Flag = True
    evening_update: Flag = True
    mention: Flag = True
    reply: Flag = True


class SettingsOut(BaseModel):
    """What somebody wants to be told, and how; quiet hours hold mails alone."""

    email_enabled: bool
    push_enabled: bool
    in_app_enabled: bool
    categories: Categories
    quiet_hours_start: TimeOfDay | None
    quiet_hours_end: TimeOfDay | None
    digest_frequency: Annotated[str, Choice(Digest)]


class SettingsIn(Body):
    """What to change; what is absent stays as it is."""

    email_enabled: Flag = True
    push_enabled: Flag = True
    in_app_enabled: Flag = True
    categories: Categories = Field(default_factory=Categories)
    quiet_hours_start: TimeOfDay | None = None
    quiet_hours_end: TimeOfDay | None = None
    digest_frequency: Annotated[str, Choice(Digest)] = Digest.WEEKLY
