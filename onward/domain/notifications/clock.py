"""When a mail may come: quiet hours and weeks on somebody's own clock, also across the days on which clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

# When the weekly summary comes, on Monday.
SUMMARY_AT = time(8)


@cache
def zone(name: str) -> ZoneInfo:
    """Return a time zone by its name; UTC for a name that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def is_quiet(moment: datetime, *, start: time | None, end: time | None, zone: ZoneInfo) -> bool:
    """Return whether a moment lies in the quiet hours: from the start on, and until before the end."""
    if start is None or end is None or start == end:
        return False
    now = moment.astimezone(zone).time().replace(fold=0)
    return start <= now < end if start < end else now >= start or now < end


def quiet_until(moment: datetime, *, start: time | None, end: time | None, zone: ZoneInfo) -> datetime:
    """Return the moment itself, or the end of the quiet hours that it lies in."""
    if end is None or not is_quiet(moment, start=start, end=end, zone=zone):
        return moment
    local = moment.astimezone(zone)
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    first, second = (datetime.combine(day, end, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    # In the night in which clocks go back, the end may come twice, and the first one may be over.
    return first if first > moment else second


def quiet_since(moment: datetime, *, start: time | None, end: time | None, zone: ZoneInfo) -> datetime:
    """Return the moment itself, or the last minute before the quiet hours that it lies in."""
    if start is None or not is_quiet(moment, start=start, end=end, zone=zone):
        return moment
    local = moment.astimezone(zone)
    day = local.date() if local.time() >= start else local.date() - timedelta(days=1)
    return datetime.combine(day, start, zone).astimezone(UTC) - timedelta(minutes=1)


def monday(moment: datetime, *, zone: ZoneInfo) -> tuple[date, datetime]:
    """Return this week's Monday on a clock, and the moment at which its summary is due."""
    today = moment.astimezone(zone).date()
    day = today - timedelta(days=today.weekday())
    return day, datetime.combine(day, SUMMARY_AT, zone).astimezone(UTC)
