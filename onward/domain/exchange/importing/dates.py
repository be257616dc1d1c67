"""Dates as people and their programs write them.

``03/04/2026`` is in March or in April: one cell cannot say, but its column can, when it holds a ``25/04/2026``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from onward.domain.exchange.importing.words import plain

FIRST_YEAR, LAST_YEAR = 1900, 2200
# The day that Excel counts from, two days before its day one: it believes in a 29 February 1900.
_EXCEL = date(1899, 12, 30)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan", "januar", "janner", "janvier", "enero", "ene", "gennaio"),
            ("february", "feb", "februar", "febr", "fevrier", "fev", "febrero", "febbraio"),
            ("march", "mar", "marz", "maerz", "mrz", "mars", "marzo"),
            ("april", "apr", "avril", "avr", "abril", "abr", "aprile"),
            ("may", "mai", "mayo", "maggio"),
            ("june", "jun", "juni", "juin", "junio", "giugno"),
            ("july", "jul", "juli", "juillet", "juil", "julio", "luglio"),
            ("august", "aug", "aout", "agosto", "ago"),
            ("september", "sep", "sept", "septembre", "septiembre", "settembre"),
            ("october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre"),
            ("november", "nov", "novembre", "noviembre"),
            ("december", "dec", "dezember", "dez", "decembre", "diciembre", "dic", "dicembre"),
        ),
        start=1,
    )
    for name in names
}
_CLOCK = r"(?:[\sT,]+\d{1,2}[:.h]\d{2}.*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_CLOCK}", re.DOTALL)
_NUMBERS = re.compile(rf"(\d{{1,2}})(?P<mark>[/.-])\s*(\d{{1,2}})(?P=mark)\s*(\d{{4}}|\d{{2}}){_CLOCK}", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,?\s+)?"
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?\.?[\s/-]*(?:of\s+)?([^\W\d_]{{3,10}})\.?,?[\s/'’-]*(\d{{4}}|\d{{2}}){_CLOCK}",
    re.IGNORECASE | re.DOTALL,
)
_MONTH_DAY = re.compile(
    rf"{_WEEKDAY}([^\W\d_]{{3,10}})\.?[\s/-]*(\d{{1,2}})(?:st|nd|rd|th)?,?[\s/'’-]+(\d{{4}}|\d{{2}}){_CLOCK}",
    re.IGNORECASE | re.DOTALL,
)
_WITHOUT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}\.?|[^\W\d_]{3,10}\.?\s+\d{1,2}|\d{1,2}\.?\s+[^\W\d_]{3,10}")
_HINTS = ((re.compile(r"\bd{1,2}\W{0,2}m{1,3}\b", re.I), True), (re.compile(r"\bm{1,3}\W{0,2}d{1,2}\b", re.I), False))


class Order(Enum):
    """What the first number of ``03/04/2026`` is."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the cells of a column say about their order, by how many of them say it."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0

    @property
    def order(self) -> Order | None:
        """What they say; None when none of them says anything."""
        if self.day_first == self.month_first == 0:
            return None
        return Order.DAY_FIRST if self.day_first >= self.month_first else Order.MONTH_FIRST

    @property
    def mixed(self) -> bool:
        """Whether they contradict each other."""
        return self.day_first > 0 and self.month_first > 0

    def __add__(self, other: "Evidence") -> "Evidence":
        return Evidence(
            self.day_first + other.day_first, self.month_first + other.month_first, self.either + other.either
        )


def evidence(header: str, cells: Sequence[str]) -> Evidence:
    """Look through a column for what tells days from months: a number above 12, dots, or the header's own word."""
    found = Evidence()
    for cell in cells:
        if len(cell) > 60 or not (match := _NUMBERS.fullmatch(cell.strip())):
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second:
            found += Evidence(day_first=1)
        elif second > 12 >= first:
            found += Evidence(month_first=1)
        elif first != second:
            found += Evidence(either=1)
    if found.order:
        return found
    for pattern, day_first in _HINTS:
        if pattern.search(header):
            return found + (Evidence(day_first=1) if day_first else Evidence(month_first=1))
    # Nobody who writes dots puts the month first.
    dotted = any(len(cell) <= 60 and re.match(r"\s*\d{1,2}\.\s*\d{1,2}\.\s*\d", cell) for cell in cells)
    return found + Evidence(day_first=1) if dotted else found


def read_date(text: str, order: Order) -> date:
    """Read a date.

    :raises ValueError: with a sentence that says what is wrong
    """
    text = text.strip()
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    try:
        found = _found(text, order) if len(text) <= 80 else None
    except ValueError:
        raise ValueError(f'"{shown}" is not a day of the calendar') from None
    if found is None:
        if len(text) <= 40 and _WITHOUT_YEAR.fullmatch(text):
            raise ValueError(f'"{shown}" has no year')
        raise ValueError(f'"{shown}" is not a date')
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f'"{shown}" is not between {FIRST_YEAR} and {LAST_YEAR}')
    return found


def read_instant(text: str, order: Order) -> datetime:
    """Read an instant; a date alone begins at midnight UTC.

    :raises ValueError: with a sentence that says what is wrong
    """
    try:
        found = datetime.fromisoformat(text.strip())
        return _within(found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC))
    except (ValueError, OverflowError):
        return datetime.combine(read_date(text, order), time(), UTC)


def _within(found: datetime) -> datetime:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError
    return found


def _found(text: str, order: Order) -> date | None:
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(text):
        return _numbers(int(match[1]), int(match[3]), _year(match[4]), order)
    if match := _SERIAL.fullmatch(text):
        return _EXCEL + timedelta(days=int(match[1]))
    if (match := _DAY_MONTH.fullmatch(text)) and (month := _MONTHS.get(plain(match[2]))):
        return date(_year(match[3]), month, int(match[1]))
    if (match := _MONTH_DAY.fullmatch(text)) and (month := _MONTHS.get(plain(match[1]))):
        return date(_year(match[3]), month, int(match[2]))
    return None


def _numbers(first: int, second: int, year: int, order: Order) -> date:
    day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
    # In a column that mixes both, a number above 12 still says what it is.
    return date(year, month, day) if month <= 12 else date(year, day, month)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) - (100 if int(text) >= 70 else 0)
