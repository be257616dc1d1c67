"""When a periodic job is to run."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class Schedule(Protocol):
    """A series of moments, the same for everybody who asks."""

    def after(self, moment: datetime) -> datetime:
        """Return the first moment of the series that is later than this one."""


@dataclass(frozen=True, slots=True)
class Every:
    """Every so many whole seconds, counted from 1970: no process needs to know when another one started."""

    seconds: int

    def after(self, moment: datetime) -> datetime:
        """See :class:`Schedule`."""
        passed = int(moment.timestamp() // self.seconds)
        return datetime.fromtimestamp((passed + 1) * self.seconds, UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """At a time on somebody's clock, each day or on one day of the week (0 is Monday).

    In the night in which clocks go forward, a time that they leave out comes an hour later; in the night in which
    they go back, a time that comes twice counts once.
    """

    at: time
    zone: ZoneInfo
    weekday: int | None = None

    def after(self, moment: datetime) -> datetime:
        """See :class:`Schedule`."""
        today = moment.astimezone(self.zone).date()
        # From the day before, which a gap of the clock may have moved; eight days reach the same weekday again.
        for days in range(-1, 9):
            day = today + timedelta(days=days)
            if self.weekday is not None and day.weekday() != self.weekday:
                continue
            found = datetime.combine(day, self.at, self.zone).astimezone(UTC)
            if found > moment:
                return found
        raise AssertionError("a week has every weekday")


def schedule(*, every: timedelta | None, daily: str, weekly: str, zone: str) -> Schedule:
    """Read a schedule as :func:`onward.platform.jobs.periodic` is given it.

    :raises ValueError: when it is none, or more than one
    """
    if sum([every is not None, bool(daily), bool(weekly)]) != 1:
        raise ValueError("a periodic job runs either every …, daily or weekly")
    if every is not None:
        seconds = every.total_seconds()
        if seconds < 1 or seconds != int(seconds):
            raise ValueError("a periodic job runs every so many whole seconds")
        return Every(int(seconds))
    day, _, clock = weekly.rpartition(" ")
    found = CLOCK.fullmatch(daily or clock)
    if not found or (weekly and day not in DAYS):
        raise ValueError('write daily="03:30" or weekly="monday 08:00"')
    return Clock(time(int(found[1]), int(found[2])), ZoneInfo(zone), DAYS.index(day) if weekly else None)
