"""The rows of a file, read, and what makes two of them the same application."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from onward.platform.record import name_key


class Fate(StrEnum):
    """What becomes of a row."""

    CREATE = "create"
    SKIP = "skip"
    FAIL = "fail"


class Identity(NamedTuple):
    """Two applications are the same when these are: who, what and when, whatever the case and spacing."""

    company_key: str
    title_key: str
    applied: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An application, read. :param values: as ``applications.services.create`` takes them"""

    company: str
    values: dict[str, Any]
    created_at: datetime | None
    notes: tuple[str, ...]

    @property
    def identity(self) -> Identity:
        """What makes two applications the same one."""
        return Identity(name_key(self.company), name_key(self.values["job_title"]), self.values.get("applied_date"))

    @property
    def posting(self) -> str:
        """The posting that it answers; empty when that is not known."""
        return posting(self.values.get("job_url", ""))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file and what becomes of it. :param number: as a spreadsheet counts, the header being row 1"""

    number: int
    fate: Fate
    entry: Entry | None = None
    reason: str = ""


# What a link carries about the reader's way to it, not about the posting.
_TRACKING = re.compile(r"utm_.*|ref|refid|trk|trackingid|gclid|fbclid|src|source")
# The last word of an address that many postings share.
_SHARED = {"", "jobs", "job", "careers", "career", "karriere", "stellenangebote", "openings", "vacancies", "positions"}


def posting(url: str) -> str:
    """Reduce a link to the posting that it names; empty when it names none, as the address of a careers page does."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    query = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name.casefold())]
    tail = f"{'?' if query else ''}{urlencode(query)}{'#' if parts.fragment else ''}{parts.fragment}"
    steps = path.split("/")[1:]
    particular = re.search(r"\d", path + tail) or (len(steps) > 1 and steps[-1].casefold() not in _SHARED)
    return f"{host}{path}{tail}" if host and particular else ""
