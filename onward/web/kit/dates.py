"""Days, times and numbers as a person says them, in the language of the page."""

from datetime import date, datetime, time
from functools import lru_cache

from babel import Locale
from babel.dates import format_skeleton, get_day_names
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from onward.web.languages import locale


def day(value: date, today: date) -> str:
    """Return a day as one says it on another: near ones by their name, those of other years with the year."""
    distance = (value - today).days
    if -1 <= distance <= 1:
        return (_("today"), _("tomorrow"), _("yesterday"))[distance]
    if 1 < distance < 7:
        return weekday(value)
    return _written(value, "MMMd" if value.year == today.year else "yMMMd", locale())


def moment(value: datetime, here: datetime) -> str:
    """Return a time as one says it on another's clock: the day, and the hour."""
    there = value.astimezone(here.tzinfo)
    return _("%(day)s, %(time)s") % {"day": day(there.date(), here.date()), "time": clock(there)}


def weekday(value: date) -> str:
    """Return the name of a day of the week."""
    return str(get_day_names("wide", locale=locale())[value.weekday()])


def date_of_year(value: date) -> str:
    """Return a day without its year, in full: 3 May."""
    return _written(value, "MMMMd", locale())


def whole_date(value: date) -> str:
    """Return a day in full: 3 May 2026."""
    return _written(value, "yMMMMd", locale())


def clock(value: datetime | time) -> str:
    """Return a time of day, of 24 hours."""
    return f"{value:%H:%M}"


def number(value: int) -> str:
    """Return a number with its thousands apart."""
    return format_decimal(value, locale=locale())


# A page says the same few days some hundred times.
@lru_cache(4096)
def _written(value: date, skeleton: str, locale: Locale) -> str:
    return format_skeleton(skeleton, value, locale=locale)
