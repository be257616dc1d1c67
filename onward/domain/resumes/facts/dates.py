"""Spans of time as résumés write them: `June 2023 – present`, `03.2019 bis heute`, `2017-2019`."""

import re
from dataclasses import dataclass
from pathlib import Path

from onward.domain.resumes.facts.words import lists

_MONTHS = lists(Path(__file__).with_name("words.tsv"))["months"]
_MONTH = rf"(?:{'|'.join(_MONTHS)})[^\W\d_]{{0,7}}\.?,?"
_NOW = (
    r"(?:present|now|current|currently|today|ongoing|to date|date|heute|jetzt|aktuell|aujourd['’]hui|à ce jour|"
    r"présent|actualidad|actual|hoy)"
)
_POINT = (
    rf"(?:(?:\d{{1,2}}\.?\s)?{_MONTH}\s(?:de\s|of\s)?|(?:\d{{1,2}}[./])?\d{{1,2}}[./]|(?:spring|summer|autumn|fall|winter)\s)?"
    r"(?:19|20)\d\d(?:[-/.](?:0[1-9]|1[0-2])(?!\d))?"
)
_TO = r"\s?(?:-|–|—|−|to|until|till|bis|à|au|a|hasta)\s?"
_SPAN = re.compile(
    rf"\(?\b(?:(?:from|von|de|du)\s)?(?P<begins>{_POINT})(?:{_TO}(?:la\s)?(?P<ends>{_POINT}|{_NOW}\b)|(?P<open>\s?[-–—](?=\s*\)?$)))\)?"
    rf"|\(?\b(?:since|seit|depuis|desde)\s(?P<since>{_POINT})\)?|\(?\b(?P<only>{_POINT})\)?\s*$",
    re.I,
)
# How long it took, as networks add it.
_TOOK = re.compile(
    r"\s*[·,(]?\s*(?:\d{1,2}\s?\+?\s?(?:years?|yrs?|months?|mos?|jahre?n?|monate?n?|ans?|années?|mois|años?|mes(?:es)?)\b"
    r"[\s,]*(?:and|und|et|y)?\s*){1,2}\)?",
    re.I,
)
# The end of a line whose dates go on in the next, and the beginning of that.
CUT = re.compile(rf"(?:19|20)\d\d\s?[-–—]\s?(?:{_MONTH}|\d{{1,2}}[./])?$", re.I)
REST = re.compile(rf"(?:{_POINT}|{_NOW}\b)\W*$", re.I)
# No header is longer; what is, is prose.
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Span:
    """When something was.

    :ivar begins: as ``2023-06`` or ``2023``
    :ivar ends: the same; empty when it goes on
    :ivar alone: whether only one day was said
    """

    begins: str
    ends: str
    start: int
    end: int
    alone: bool


def spans(line: str) -> list[Span]:
    """List the spans of time in a line that is short enough to be a header."""
    if len(line) > LONGEST:
        return []
    found = []
    for match in _SPAN.finditer(line):
        begins = match["begins"] or match["since"] or match["only"]
        ends = match["only"] or ("" if match["since"] or match["open"] else match["ends"] or "")
        took = _TOOK.match(line, match.end())
        end = took.end() if took else match.end()
        found.append(Span(_day(begins), _day(ends), match.start(), end, bool(match["only"])))
    return found


def _day(point: str) -> str:
    year = re.search(r"(?:19|20)\d\d", point)
    if year is None:
        return ""
    rest = point[: year.start()].lower()
    for number, names in enumerate(_MONTHS, 1):
        if re.search(rf"\b(?:{names})", rest):
            return f"{year[0]}-{number:02}"
    month = re.search(r"(\d{1,2})[./]$", rest) or re.match(r"[-/.](\d\d)", point[year.end() :])
    return f"{year[0]}-{int(month[1]):02}" if month and 1 <= int(month[1]) <= 12 else year[0]
