"""What somebody wishes for, read in one statement whether or not they ever said so."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from onward.domain.notifications import clock

# In this order at the end of every statement that reads wishes; from the account of whom it concerns.
COLUMNS = (
    "timezone",
    "notification_preferences__interview_reminders",
    "notification_preferences__interview_reminder_hours",
    "notification_preferences__application_updates",
    "notification_preferences__weekly_summary",
    "notification_preferences__quiet_hours_start",
    "notification_preferences__quiet_hours_end",
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
    zone, reminders, hours, updates, summary, start, end = row
    if reminders is None:
        return Wishes(zone=clock.zone(zone))
    return Wishes(clock.zone(zone), bool(reminders), hours, bool(updates), bool(summary), _time(start), _time(end))


def _time(value: Any) -> time | None:
    # SQLite keeps times as text.
    return time.fromisoformat(value) if isinstance(value, str) else value
