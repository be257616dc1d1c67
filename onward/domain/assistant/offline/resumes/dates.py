"""Spans of time as résumés write them, in months.

`Jan 2022 – present`, `2022-01 to 2022-06`, `01/2022 – 06/2022`, `03.2019 bis heute`, `Summer 2021`, `'19 – '21`: the
forms differ, the months are the same. Whatever cannot be, because it ends before it begins or lies in the future, is
told apart from what can.
"""

import re
from dataclasses import dataclass
from datetime import date

Month = int  # Months since the year 0, so that spans can be subtracted.

# Longer than anybody works, and further ahead than anybody is hired for.
LONGEST = 60 * 12
FURTHEST_AHEAD = 5 * 12


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time.

    :param end: the month after its last, never later than the present one
    :param possible: False when it ends before it begins, or has not begun yet
    :param written: as it stands in the text, without a word before it
    """

    start: Month
    end: Month
    current: bool
    possible: bool
    written: str


_MONTHS = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTHS |= {"mär": 3, "mae": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12}
_MONTH_NAME = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|mär(?:z)?|maerz|mrz|apr(?:il)?|may|mai|june?|juni|july?|juli|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?|dez(?:ember)?)"
)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (1, 3)}
_YEAR = r"(?:19|20)\d\d(?!\d)"
_NUMBER = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
# The longest form first; `@` becomes the side of the span that it stands on.
_POINTS = (
    rf"(?P<y1@>{_YEAR})[-/.](?P<m1@>{_NUMBER})(?:[-/.]{_DAY})?(?!\d)",
    rf"(?P<m2@>{_NUMBER})/{_DAY}/(?P<y2@>{_YEAR})",
    rf"(?:{_DAY}[./-]\s?)?(?P<m3@>{_NUMBER})\s?[./-]\s?(?P<y3@>{_YEAR})",
    rf"(?:{_DAY}(?:st|nd|rd|th|\.)?\s)?(?P<n4@>{_MONTH_NAME})\b\.?,?\s?(?:{_DAY}(?:st|nd|rd|th)?,\s)?'?(?P<y4@>{_YEAR}|(?<=')\d\d(?!\d))",
    rf"(?P<n5@>spring|summer|autumn|fall|winter)\s(?:of\s)?(?P<y5@>{_YEAR})",
    rf"q(?P<q@>[1-4])[\s/]?(?P<y6@>{_YEAR})",
    rf"(?<![\d.,$€£])'?(?P<y7@>{_YEAR})(?![.,]?\d|\s?%)",
    r"(?<!\w)'(?P<y8@>\d\d)(?!\d)",
)
_POINT = rf"(?:{'|'.join(_POINTS)})"
_NOW = (
    r"(?P<now>(?:the\s)?present(?:\sday)?|current(?:ly)?|now|today|to\sdate|date|ongoing|heute|jetzt|laufend|aktuell)\b"
)
_TO = r"\s{0,3}(?:-{1,2}|–|—|−|~|→|\buntil|\btill?|\bthrough|\bthru|\bup\sto|\bto|\bbis|/)\s{0,3}(?:(?:to|until|till|bis)\s)?"
_SPAN = re.compile(
    rf"(?:\b(?:from|since|between|von|seit)\s)?(?<![\d/.-]){_POINT.replace('@', 's')}"
    rf"(?:{_TO}(?:{_NOW}|{_POINT.replace('@', 'e')}|(?P<short>\d\d)(?![\d/.-]))"
    # `2021 –` goes on; `2021 – something else` is one year and a dash.
    rf"|\s?(?:-|–|—)\s?(?P<open>$|(?=\)))|\s(?P<onwards>onwards?))"
    rf"|\b(?:since|seit|ab)\s{_POINT.replace('@', 'o')}",
    re.I,
)
# `01/22 – 06/22`: only where both ends are written so.
_SHORT_YEARS = re.compile(rf"(?<![\d/.])(?P<sm>{_NUMBER})[/.](?P<sy>\d\d){_TO}(?:(?P<em>{_NUMBER})[/.](?P<ey>\d\d)(?![\d/.])|{_NOW})", re.I)  # fmt: skip
_BETWEEN = re.compile(r"\bbetween\s+((?:\w{3,9}\.?\s)?[\d./-]{4,10})\s+and\s+(?=\w)", re.I)
_BEFORE = re.compile(r"^(?:from|since|between|von|seit|ab)\s", re.I)
_ALONE = re.compile(rf"(?<![\d/.-]){_POINT.replace('@', 'a')}(?![\d/.-])", re.I)


def span(text: str, today: date) -> Span | None:
    """Find the first span of time in a text."""
    now = today.year * 12 + today.month
    text = _BETWEEN.sub(r"\1 to ", text)
    found = _SPAN.search(text)
    if found is None:
        return _short_years(text, now)
    if found["open"] is not None and found["y1s"] is None and found["y3s"] is None and _number_before(text, found):
        return None
    side = "o" if any(found[f"y{form}o"] for form in range(1, 9)) else "s"
    start, _ = _month(found, side, now)
    if side == "o" or found["now"] or found["open"] is not None or found["onwards"]:
        return _span(start, now, now, found[0], current=True)
    if found["short"]:
        end = _whole_year(found["short"], now) * 12 + 1
        return _span(start, end, now, found[0], current=False)
    end, end_form = _month(found, "e", now)
    if end_form in {"y7", "y8"}:
        # `2019 – 2021` is two years, `March 2019 – 2021` at least what lies before 2021.
        end = end + 11 if end == start else max(end, start + 1) if end // 12 == start // 12 else end
    else:
        end += _length(found, "e", end_form)
    return _span(start, end, now, found[0], current=False)


def alone(text: str, today: date) -> Span | None:
    """Find a single month, season or year, where that is all that a text says of time."""
    found = _ALONE.search(text)
    if found is None or span(text, today) is not None:
        return None
    now = today.year * 12 + today.month
    start, form = _month(found, "a", now)
    return _span(start, start + _length(found, "a", form), now, found[0], current=False)


def without(text: str, instead: str) -> str:
    """Take the spans of time out of a text."""
    return _SHORT_YEARS.sub(instead, _SPAN.sub(instead, _BETWEEN.sub(r"\1 to ", text)))


def without_any(text: str, instead: str) -> str:
    """Take spans and single dates out of a text."""
    return _ALONE.sub(instead, without(text, instead))


def has_span(text: str) -> bool:
    """Tell whether a text holds a span of time, possible or not."""
    return bool(_SPAN.search(_BETWEEN.sub(r"\1 to ", text)) or _SHORT_YEARS.search(text))


def _number_before(text: str, found: re.Match[str]) -> bool:
    return bool(re.search(r"[\d#]\s?$", text[: found.start()]))


def _span(start: Month, end: Month, now: Month, written: str, *, current: bool) -> Span:
    possible = start < end and start <= now and end - start <= LONGEST and end <= now + FURTHEST_AHEAD
    # What ends in the future has not ended.
    return Span(start, min(end, now), current or end > now + 1, possible, _BEFORE.sub("", written).strip(" ,()"))


def _short_years(text: str, now: Month) -> Span | None:
    found = _SHORT_YEARS.search(text)
    if found is None:
        return None
    start = _whole_year(found["sy"], now) * 12 + int(found["sm"])
    if found["now"]:
        return _span(start, now, now, found[0], current=True)
    end = _whole_year(found["ey"], now) * 12 + int(found["em"]) + 1
    return _span(start, end, now, found[0], current=False)


def _month(found: re.Match[str], side: str, now: Month) -> tuple[Month, str]:
    """Give the first month that a side of a span means, and the form that it is written in."""
    named = found.groupdict()
    form = next(f"y{at}" for at in range(1, 9) if named[f"y{at}{side}"])
    year = _whole_year(named[f"{form}{side}"], now)
    month = 1
    if form in {"y1", "y2", "y3"}:
        month = int(named[f"m{form[1]}{side}"])
    elif form == "y4":
        month = _MONTHS[named[f"n4{side}"][:3].lower()]
    elif form == "y5":
        month = _SEASONS[named[f"n5{side}"].lower()][0]
    elif form == "y6":
        month = 3 * int(named[f"q{side}"]) - 2
    return year * 12 + month, form


def _length(found: re.Match[str], side: str, form: str) -> int:
    """Give how many months a side of a span surely covers: of a year that stands alone, one."""
    return 3 if form in {"y5", "y6"} else 1


def _whole_year(year: str, now: Month) -> int:
    if len(year) == 4:
        return int(year)
    return 2000 + int(year) if int(year) <= now // 12 - 2000 + 5 else 1900 + int(year)
