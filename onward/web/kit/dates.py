"""Days, times and numbers as a person says them, in the language of the page."""

from datetime import date, datetime, time
from functools import lru_cache

from babel import Locale
from babel.dates import format_skeleton, get_day_names
from babel.numbers import format_decimal
from django.utils.translation import gettext_noop

from onward.web.languages import spoken_now

_NEAR = {-1: gettext_noop("yesterday"), 0: gettext_noop("today"), 1: gettext_noop("tomorrow")}
_AT = gettext_noop("%(day)s, %(time)s")


def day(value: date, today: date) -> str:
    """Return a day as one says it on another: near ones by their name, those of other years with the year."""
    distance = (value - today).days
    if distance in _NEAR:
        return spoken_now().gettext(_NEAR[distance])
    if 1 < distance < 7:
        return weekday(value)
    return _written(value, "MMMd" if value.year == today.year else "yMMMd", spoken_now().locale)


def moment(value: datetime, here: datetime) -> str:
    """Return a time as one says it on another's clock: the day, and the hour."""
    there = value.astimezone(here.tzinfo)
    return spoken_now().gettext(_AT) % {"day": day(there.date(), here.date()), "time": clock(there)}


def weekday(value: date) -> str:
    """Return the name of a day of the week."""
    return str(get_day_names("wide", locale=spoken_now().locale)[value.weekday()])


def date_of_year(value: date) -> str:
    """Return a day without its year, in full: 3 May."""
    return _written(value, "MMMMd", spoken_now().locale)


def whole_date(value: date) -> str:
    """Return a day in full: 3 May 2026."""
    return _written(value, "yMMMMd", spoken_now().locale)


def clock(value: datetime | time) -> str:
    """Return a time of day, of 24 hours."""
    return f"{value:%H:%M}"


def number(value: int) -> str:
    """Return a number with its thousands apart."""
    return format_decimal(value, locale=spoken_now().locale)


# A page says the same few days some hundred times.
@lru_cache(4096)
def _written(value: date, skeleton: str, locale: Locale) -> str:
    return format_skeleton(skeleton, value, locale=locale)
