"""Days and times as a person says them."""

from datetime import date, datetime

_SOON = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def day(value: date, today: date) -> str:
    """Return a day as one says it on another: near ones by their name, those of other years with the year."""
    distance = (value - today).days
    if distance in _SOON:
        return _SOON[distance]
    if 1 < distance < 7:
        return f"{value:%A}"
    return f"{value.day} {value:%b}" if value.year == today.year else f"{value.day} {value:%b %Y}"


def moment(value: datetime, here: datetime) -> str:
    """Return a time as one says it on another's clock: the day, and the hour."""
    there = value.astimezone(here.tzinfo)
    return f"{day(there.date(), here.date())}, {there:%H:%M}"
