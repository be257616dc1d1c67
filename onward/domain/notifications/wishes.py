"""What somebody wishes for, read in one statement whether or not they ever said so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from onward.domain.notifications import clock
from onward.domain.notifications.choices import CareerNoticeType

# In this order at the end of every statement that reads wishes; from the account of whom it concerns.
COLUMNS = (
    "timezone",
    "notification_preferences__interview_reminders",
    "notification_preferences__interview_reminder_hours",
    "notification_preferences__application_updates",
    "notification_preferences__weekly_summary",
    "notification_preferences__quiet_hours_start",
    "notification_preferences__quiet_hours_end",
    "notification_preferences__email_enabled",
)


@dataclass(frozen=True)
class Wishes:
    """Somebody's preferences, and the clock by which they count. The defaults are those of a new account."""

    zone: ZoneInfo
    interview_reminders: bool = True
    interview_reminder_hours: int = 24
    application_updates: bool = True
    weekly_summary: bool = True
    quiet_hours_start: time | None = None
    quiet_hours_end: time | None = None
    email_enabled: bool = True

    def after_quiet_hours(self, moment: datetime) -> datetime:
        """Return the moment, or the end of the quiet hours that it lies in."""
        return clock.quiet_until(moment, start=self.quiet_hours_start, end=self.quiet_hours_end, zone=self.zone)

    def reminder_due(self, *, interview_at: datetime, at: datetime) -> datetime:
        """Return the moment at which to remind of an interview, as things stand now.

        A reminder that would have to wait until the interview is over comes before the quiet hours instead, as long
        as they have not begun.
        """
        wanted = interview_at - timedelta(hours=self.interview_reminder_hours)
        due = self.after_quiet_hours(max(wanted, at))
        if due < interview_at:
            return due
        before = clock.quiet_since(wanted, start=self.quiet_hours_start, end=self.quiet_hours_end, zone=self.zone)
        return before if at <= before < interview_at else due


def wishes(row: Any) -> Wishes:
    """Make wishes of what a statement gave for :data:`COLUMNS`."""
    zone, reminders, hours, updates, summary, start, end, mails = row
    if reminders is None:
        return Wishes(zone=clock.zone(zone))
    return Wishes(
        clock.zone(zone), bool(reminders), hours, bool(updates), bool(summary), _time(start), _time(end), bool(mails)
    )


def _time(value: Any) -> time | None:
    # SQLite keeps times as text.
    return time.fromisoformat(value) if isinstance(value, str) else value


# The preference that switches a type of notices; every other type has its name in `categories`.
COLUMN_OF = {
    CareerNoticeType.APPLICATION_UPDATE: "application_updates",
    CareerNoticeType.INTERVIEW_REMINDER: "interview_reminders",
}


@dataclass(frozen=True)
class NoticeWishes:
    """What somebody wishes to find in their feed. The defaults are those of a new account."""

    in_app_enabled: bool = True
    push_enabled: bool = True
    application_updates: bool = True
    interview_reminders: bool = True
    weekly_summary: bool = True
    daily_briefings: bool = False
    categories: Mapping[str, bool] = field(default_factory=dict)

    def wants(self, kind: str) -> bool:
        """Whether a line about this is to be written."""
        column = COLUMN_OF.get(CareerNoticeType(kind))
        return self.in_app_enabled and (getattr(self, column) if column else self.categories.get(kind, True))


NOTICE_COLUMNS = tuple(NoticeWishes.__dataclass_fields__)
