"""The words of other people's spreadsheets, in the record's words."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onward.domain.applications.choices import Priority, Source, Status, WorkType

# What people write into a cell that they leave empty.
NOTHING = {"", "n a", "na", "none", "null", "nan", "undefined", "keine", "nil"}
# What people write where a date will stand one day, or in a column of check marks.
NO_DATE = {
    *("not yet", "tbd", "tba", "pending", "waiting", "soon", "asap", "rolling", "unknown", "offen", "ausstehend"),
    *("yes", "no", "y", "n", "true", "false", "x", "ja", "nein", "not applied", "noch nicht", "unbekannt"),
}
CHECKED = {"true", "false", "yes", "no", "y", "n", "x", "ja", "nein", "0"}


def plain(text: str) -> str:
    """Reduce a text to its letters and digits, in small letters without accents, one space between words."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(c if c.isalnum() else "" if unicodedata.combining(c) else " " for c in letters).split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the record. :param exact: whether it says all that the other word said"""

    value: str
    exact: bool


# The first tuple says the same as the record's word; the second is narrower or wider, and is kept in the notes.
_STATUSES: dict[Status, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Status.WISHLIST: (
        ("wishlist", "wish list", "wish", "saved", "bookmarked", "to apply", "want to apply", "interested", "gemerkt"),
        (
            *("bookmark", "planned", "planning", "not applied", "not applied yet", "not started", "not yet applied"),
            *(
                "applying",
                "researching",
                "draft",
                "drafting",
                "preparing",
                "ready to apply",
                "todo",
                "to do",
                "backlog",
            ),
            *("considering", "in preparation", "new", "lead", "geplant", "vorgemerkt", "offen", "in vorbereitung"),
        ),
    ),
    Status.APPLIED: (
        ("applied", "application sent", "application submitted", "submitted", "sent", "beworben", "bewerbung gesendet"),
        (
            *(
                "applied waiting",
                "waiting",
                "pending",
                "in progress",
                "under review",
                "in review",
                "received",
                "active",
            ),
            *("awaiting response", "waiting for response", "no response yet", "application received", "confirmed"),
            *("followed up", "verschickt", "eingereicht", "abgeschickt", "in bearbeitung", "open"),
        ),
    ),
    Status.SCREENING: (
        ("screening", "screen", "phone screen", "phone screening", "recruiter screen", "screening call", "phone call"),
        (
            *("hr screen", "initial screen", "recruiter call", "recruiter", "phone", "phone interview", "intro call"),
            *("assessment", "online assessment", "oa", "take home", "coding challenge", "test", "telefoninterview"),
            *("telefonat", "erstgesprach", "phone screen scheduled", "hr call"),
        ),
    ),
    Status.INTERVIEWING: (
        ("interviewing", "interview", "interviews", "in interviews", "interviewed", "vorstellungsgesprach"),
        (
            *("onsite", "on site", "on site interview", "onsite interview", "technical interview", "final round"),
            *("final interview", "interview scheduled", "first interview", "second interview", "third interview"),
            *("final", "technical", "panel", "bewerbungsgesprach", "gesprach", "einladung", "probearbeiten"),
        ),
    ),
    Status.OFFER: (
        ("offer", "offer received", "offered", "offers", "job offer", "got offer", "angebot", "angebot erhalten"),
        ("negotiating", "negotiation", "offer negotiation", "offer pending", "verbal offer", "zusage"),
    ),
    Status.ACCEPTED: (
        ("accepted", "offer accepted", "hired", "accepted offer", "angenommen", "angebot angenommen"),
        ("signed", "started", "joined", "got the job", "won", "eingestellt", "unterschrieben"),
    ),
    Status.REJECTED: (
        ("rejected", "rejection", "abgelehnt", "absage", "denied", "turned down", "not selected", "refused"),
        (
            *("declined", "failed", "lost", "closed", "no", "rejected after interview", "position filled", "filled"),
            *("not moving forward", "cancelled", "canceled", "expired", "job closed", "absage erhalten"),
        ),
    ),
    Status.WITHDRAWN: (
        ("withdrawn", "withdrew", "withdraw", "i withdrew", "application withdrawn", "zuruckgezogen"),
        (
            *("offer declined", "declined offer", "i declined", "declined by me", "rejected offer", "not interested"),
            *("archived", "dropped", "abandoned", "skipped", "abgesagt", "angebot abgelehnt", "passed on"),
        ),
    ),
    Status.GHOSTED: (
        ("ghosted", "no response", "no reply", "no answer", "keine antwort", "keine ruckmeldung"),
        ("never heard back", "unresponsive", "stale", "no response received", "not responded", "silent", "ignored"),
    ),
}

# For longer phrases ("Rejected after 2nd round"): the first of these that the phrase contains decides.
_STATUS_PHRASES = (
    (("withdr", "offer declined", "declined offer", "zuruckgezogen"), Status.WITHDRAWN),
    (("reject", "abgelehnt", "absage", "turned down", "not selected", "declined"), Status.REJECTED),
    (("ghost", "no response", "no reply", "keine antwort", "never heard"), Status.GHOSTED),
    (("accepted", "hired", "angenommen"), Status.ACCEPTED),
    (("offer", "angebot"), Status.OFFER),
    (("phone", "screen", "assessment", "recruiter call", "telefon"), Status.SCREENING),
    (("interview", "onsite", "on site", "round", "gesprach"), Status.INTERVIEWING),
    (("to apply", "not applied", "saved", "wishlist", "bookmark"), Status.WISHLIST),
    (("applied", "submitted", "application sent", "beworben", "waiting"), Status.APPLIED),
)

_PRIORITIES = {
    Priority.HIGH: (
        ("high", "hoch"),
        ("highest", "top", "urgent", "critical", "dream", "dream job", "p0", "p1", "a", "1"),
    ),
    Priority.MEDIUM: (("medium", "mittel", "normal"), ("med", "moderate", "average", "p2", "b", "2")),
    Priority.LOW: (("low", "niedrig", "gering"), ("lowest", "backup", "safety", "p3", "p4", "c", "3", "4", "5")),
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


_STATUS_TABLE = _table(Status, _STATUSES)
_PRIORITY_TABLE = _table(Priority, _PRIORITIES)
_WORK_TYPE_TABLE = _table(WorkType, _WORK_TYPES)
_SOURCE_TABLE = _table(Source, _SOURCES)
# "1. Applied", "3 - Interview": lists are numbered so that they sort.
_NUMBERED = re.compile(r"^\d{1,2} (?=[a-z])")
_STARS = re.compile(r"[★⭐🌟✭✮]")


def status(text: str) -> Word | None:
    """Read a status; None when it says nothing that we know."""
    word = plain(text)
    found = _STATUS_TABLE.get(word) or _STATUS_TABLE.get(_NUMBERED.sub("", word))
    if found:
        return found
    for fragments, value in _STATUS_PHRASES:
        if any(fragment in word for fragment in fragments) and not word.startswith(("not ", "never ", "didn t ")):
            return Word(value, exact=False)
    return None


def priority(text: str, *, stars: int) -> Word | None:
    """Read a priority. :param stars: the most stars in a cell of the column; where it is one, a star is a mark"""
    given = len(_STARS.findall(text))
    if given:
        share = given / max(stars, given)
        value = Priority.HIGH if share > 2 / 3 else Priority.MEDIUM if share > 1 / 3 else Priority.LOW
        return Word(value, exact=False)
    return _PRIORITY_TABLE.get(plain(text))


def count_stars(text: str) -> int:
    """How many stars a cell has."""
    return len(_STARS.findall(text))


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
