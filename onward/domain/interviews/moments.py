"""When an interview is, and what was asked: each is kept in two forms, which a change of the one brings in line."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

from onward.domain.interviews.models import Interview


def midnight(day: date | None, zone: tzinfo | None) -> datetime:
    """Return the instant with which a day begins on a clock."""
    assert day is not None, "a day that is known"
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def moment(scheduled_at: datetime | None, day: date | None, *, at: datetime) -> dict[str, Any]:
    """Return the columns of a new interview's time. :param at: the time on the owner's clock"""
    if scheduled_at is not None:
        return {"scheduled_at": scheduled_at, "day": scheduled_at.astimezone(at.tzinfo).date(), "has_time": True}
    day = day or at.date()
    return {"scheduled_at": midnight(day, at.tzinfo), "day": day, "has_time": False}


def placed(interview: Interview, changes: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """Complete changes in which the time or the day is another one. :param at: the time on the owner's clock"""
    wanted = dict(changes)
    if "scheduled_at" in wanted:
        return wanted | moment(wanted["scheduled_at"], None, at=at)
    if "day" not in wanted:
        return wanted
    day = wanted["day"]
    if day is None:
        # An interview of no known day: its last time stays for those who cannot do without one.
        return wanted | {"has_time": False}
    clock = interview.scheduled_at.astimezone(at.tzinfo).time() if interview.has_time else time.min
    return wanted | {"scheduled_at": datetime.combine(day, clock, tzinfo=at.tzinfo).astimezone(UTC)}


def asked(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Complete changes in which the questions are others, as lines or as a list."""
    wanted = dict(changes)
    if "questions" in wanted:
        wanted["questions_asked"] = "\n".join(wanted["questions"] or [])
    elif "questions_asked" in wanted:
        wanted["questions"] = [line.strip() for line in wanted["questions_asked"].splitlines() if line.strip()]
    return wanted
