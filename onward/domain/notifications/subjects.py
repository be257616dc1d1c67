"""The first line of each mail. Names come from people: they are cut to one line of a mail's subject."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from onward.domain.applications.choices import Status

LONGEST = 200


def line(text: str) -> str:
    """Make one line of a text, without what a mail's header cannot hold."""
    words = "".join(c if c.isprintable() else " " for c in text).split()
    joined = " ".join(words)
    return joined if len(joined) <= LONGEST else joined[: LONGEST - 1] + "…"


def reminder(*, company: str, job_title: str, interview_at: datetime, due: datetime, zone: ZoneInfo) -> str:
    """Return when it is, as seen on the day of the mail: today, tomorrow, or the day."""
    day = interview_at.astimezone(zone).date()
    match (day - due.astimezone(zone).date()).days:
        case 0:
            when = "Today"
        case 1:
            when = "Tomorrow"
        case _:
            when = f"on {day:%A}, {day.day} {day:%B}"
    return line(f"Interview {when}: {company} - {job_title}")


def due(*, title: str) -> str:
    """Return what somebody wants to be reminded of."""
    return line(f"Reminder: {title}")


def move(*, company: str, job_title: str, status: str = "") -> str:
    """Return where an application stands now, as far as that is certain."""
    return line(f"Application Update: {company} - {job_title}" + (f": {Status(status).label}" if status else ""))


def summary(*, week: date) -> str:
    """Name the week that begins."""
    return f"Your Weekly Summary: week of {week.day} {week:%B %Y}"


def followups(*, day: date) -> str:
    """Name the day on which follow-ups are due."""
    return f"Follow-ups due on {day.day} {day:%B %Y}"
