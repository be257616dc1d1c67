"""The words of other people's spreadsheets, in the record's words."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from onward.domain.applications.choices import Priority, Source, WorkType

# What people write into a cell that they leave empty.
NOTHING = {"", "n a", "na", "none", "null", "nan", "undefined", "keine", "nil"}
# What people write where a date will stand one day, or in a column of check marks.
NO_DATE = {
    *("not yet", "tbd", "tba", "pending", "waiting", "soon", "asap", "rolling", "unknown", "offen", "ausstehend"),
    *("yes", "no", "y", "n", "true", "false", "x", "ja", "nein", "not applied", "noch nicht", "unbekannt"),
}
CHECKED = {"true", "false", "yes", "no", "y", "n", "x", "ja", "nein", "0"}
_YES = {"true", "yes", "y", "x", "ja", "oui", "si", "done", "1"}
_NO = {"false", "no", "n", "nein", "non", "0", "not yet", "noch nicht", "not applied"}
_CHECK = re.compile(r"^[✓✔✅☑🗹]+\ufe0f?$")


def answer(text: str) -> bool | None:
    """Read a box that somebody has checked, or not; None when it is no box."""
    word = plain(text)
    if _CHECK.match(text.strip()) or word in _YES:
        return True
    return False if word in _NO else None


def plain(text: str) -> str:
    """Reduce a text to its letters and digits, in small letters without accents, one space between words."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(c if c.isalnum() else "" if unicodedata.combining(c) else " " for c in letters).split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the record.

    :param exact: whether it says all that the other word said
    :param answered: whether it says that the company has answered
    """

    value: str
    exact: bool
    answered: bool = False


# The first tuple says the same as the record's word; the second is narrower or wider, and is kept in the notes.
_PRIORITIES = {
    Priority.HIGH: (
        ("high", "hoch", "haute", "alta", "alto"),
        ("highest", "top", "urgent", "critical", "dream", "dream job", "very high", "p0", "p1", "a"),
    ),
    Priority.MEDIUM: (("medium", "mittel", "normal", "moyenne", "media"), ("med", "moderate", "average", "p2", "b")),
    Priority.LOW: (("low", "niedrig", "gering", "basse", "baja"), ("lowest", "backup", "safety", "p3", "p4", "c")),
}
_WORK_TYPES = {
    WorkType.REMOTE: (
        ("remote", "fully remote", "full remote", "100 remote", "remote only"),
        ("wfh", "work from home", "home office", "homeoffice", "home", "anywhere", "virtual", "remote first"),
    ),
    WorkType.HYBRID: (("hybrid",), ("partly remote", "partially remote", "mixed", "flexible", "teilweise remote")),
    WorkType.ONSITE: (
        ("onsite", "on site", "in office", "office", "in person", "vor ort", "prasenz", "buro"),
        ("on premises", "not remote", "local"),
    ),
}
_SOURCES = {
    Source.LINKEDIN: (
        ("linkedin", "linked in", "linkedin com"),
        ("linkedin jobs", "linkedin easy apply", "easy apply"),
    ),
    Source.INDEED: (("indeed", "indeed com", "indeed de"), ()),
    Source.GLASSDOOR: (("glassdoor", "glassdoor com"), ()),
    Source.COMPANY_SITE: (
        ("company website", "company site", "company web site", "career site", "careers page", "company careers page"),
        ("company", "website", "careers", "career page", "direct", "company page", "unternehmenswebsite", "webseite"),
    ),
    Source.REFERRAL: (("referral", "referred", "empfehlung"), ("friend", "colleague", "employee referral", "network")),
    Source.JOB_BOARD: (("job board", "jobboard", "jobborse"), ("stepstone", "monster", "xing", "jobs portal")),
    Source.NETWORKING: (("networking",), ("meetup", "my network")),
    Source.RECRUITER: (("recruiter", "headhunter"), ("agency", "recruiting agency", "recruitment agency", "inbound")),
    Source.JOB_FAIR: (("job fair", "career fair", "jobmesse"), ("fair", "campus", "messe", "event", "university")),
    Source.OTHER: (("other", "others", "sonstige"), ()),
}


def _table(choices: Any, words: Mapping[Any, tuple[tuple[str, ...], tuple[str, ...]]]) -> dict[str, Word]:
    table = {word: Word(value, exact=False) for value, (_, loose) in words.items() for word in loose}
    table |= {word: Word(value, exact=True) for value, (same, _) in words.items() for word in same}
    return table | {plain(text): Word(code, exact=True) for code, label in choices.choices for text in (code, label)}


_PRIORITY_TABLE = _table(Priority, _PRIORITIES)
_WORK_TYPE_TABLE = _table(WorkType, _WORK_TYPES)
_SOURCE_TABLE = _table(Source, _SOURCES)
_STARS = re.compile(r"[★⭐🌟✭✮]")
_EMPTY_STARS = re.compile(r"[☆✩]")
_OF = re.compile(r"(\d{1,3}(?:[.,]\d)?)\s*(?:/|of|out of|von|sur|de)\s*(\d{1,3})", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d)?")
_SCALE = re.compile(
    r"\b[01]\s*(?:-|–|to|bis|à|a)\s*(3|4|5|6|10|100)\b|(?:/|out of|of)\s*(3|4|5|6|10|100)\b", re.IGNORECASE
)
# Columns in which 1 comes first, unless a larger number than 3 says that they are ratings.
_RANKED = {"priority", "prioritat", "prioridad", "priorite", "wichtigkeit", "importance"}


@dataclass(frozen=True, slots=True)
class Scale:
    """What the numbers and stars of a column are measured by.

    :param top: the best number; 0 where none is the best, and 1 comes first
    :param stars: the most stars in a cell; where it is one, a star is a mark
    """

    top: int
    stars: int


def scale(header: str, cells: Iterable[str]) -> Scale:
    """Return what the numbers of a column are measured by: by its header, else by the largest of them."""
    most, stars = 0.0, 0
    for cell in cells:
        stars = max(stars, count_stars(cell))
        if found := _NUMBER.fullmatch(cell.strip()):
            most = max(most, float(found[0].replace(",", ".")))
    if said := _SCALE.search(header):
        return Scale(int(said[1] or said[2]), stars)
    if most <= 3 and _RANKED & set(plain(header).split()):
        return Scale(0, stars)
    return Scale(next((top for top in (5, 10) if most <= top), 100), stars)


def priority(text: str, scale: Scale) -> Word | None:
    """Read a priority: a word, a share (``4/5``, ``80%``), stars, or a number on the column's scale."""
    given = len(_STARS.findall(text))
    if given:
        return _by_share(given / max(scale.stars, given + len(_EMPTY_STARS.findall(text))))
    text = text.strip()
    if found := _OF.fullmatch(text):
        return _by_share(float(found[1].replace(",", ".")) / max(int(found[2]), 1))
    if text.endswith("%") and _NUMBER.fullmatch(text[:-1].strip()):
        return _by_share(float(text[:-1].replace(",", ".")) / 100)
    if _NUMBER.fullmatch(text):
        number = float(text.replace(",", "."))
        if scale.top:
            return _by_share(number / scale.top)
        ranks = (Priority.HIGH, Priority.MEDIUM, Priority.LOW)
        return Word(ranks[int(number) - 1], exact=False) if number in {1, 2, 3} else None
    return _PRIORITY_TABLE.get(plain(text))


def _by_share(share: float) -> Word | None:
    if not 0 <= share <= 1:
        return None
    value = Priority.HIGH if share > 2 / 3 else Priority.MEDIUM if share > 1 / 3 else Priority.LOW
    return Word(value, exact=False)


def count_stars(text: str) -> int:
    """How many stars a cell has."""
    return len(_STARS.findall(text))


def is_nothing(text: str) -> bool:
    """Whether a cell says nothing: it is empty, a dash, "n/a"."""
    return plain(text) in NOTHING and not count_stars(text)


def work_type(text: str, *, asks_remote: bool) -> Word | None:
    """Read where the work is done. :param asks_remote: the column is a question: "Remote?" """
    word = plain(text)
    if asks_remote and word in {"yes", "true", "y", "x", "ja", "1"}:
        return Word(WorkType.REMOTE, exact=True)
    found = _WORK_TYPE_TABLE.get(word)
    if found:
        return found
    for value in (WorkType.HYBRID, WorkType.REMOTE, WorkType.ONSITE):
        if value in word.split() and "not" not in word.split():
            return Word(value, exact=False)
    return None


def source(text: str) -> Word | None:
    """Read where a job was found."""
    return _SOURCE_TABLE.get(plain(text))
