"""A posting in brief, and the terms under which it is found: read once, when it is new or has changed."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from onward.domain.board.choices import Period, PostingState
from onward.domain.feed import terms
from onward.domain.feed.asking import read_posting
from onward.domain.feed.choices import SOURCES
from onward.domain.feed.keys import key
from onward.platform.search import terms as words

# What of a posting a brief is made of.
COLUMNS = (
    *("id", "title", "company_name", "description", "department", "skills", "level", "is_internship", "job_type"),
    *("location", "places", "work_mode", "pay_min", "pay_max", "pay_currency", "pay_period", "state"),
    *("posted_on", "first_seen_at"),
)
# How often something is paid in a year of work.
A_YEAR = {Period.HOUR: 2080, Period.DAY: 260, Period.WEEK: 52, Period.MONTH: 12, Period.YEAR: 1}
_MOST_PAY = 10**12


class Read(NamedTuple):
    """What was read of a posting: the columns of its brief, its terms, and words that people may look for."""

    brief: dict[str, Any]
    terms: set[str]
    words: list[str]


def read(posting: Mapping[str, Any], *, source: str, at: datetime) -> Read:
    """Read a posting.

    :param posting: `COLUMNS`
    :param source: one of `SOURCES`
    """
    listed = [str(skill) for skill in posting["skills"]] if isinstance(posting["skills"], list) else []
    asked = read_posting(
        title=posting["title"],
        description=posting["description"],
        employer=posting["company_name"],
        listed=listed,
        level=posting["level"],
    )
    packed = asked.packed()
    said = {
        "work_mode": posting["work_mode"],
        "seniority": packed["level"] or ("intern" if posting["is_internship"] else ""),
        "job_type": posting["job_type"] or ("internship" if posting["is_internship"] else ""),
    }
    where = places(posting["places"])
    pay = a_years_pay(posting["pay_min"], posting["pay_max"], posting["pay_period"], posting["pay_currency"])
    day = posting["posted_on"] or posting["first_seen_at"].date()
    found = terms.document(
        title=posting["title"],
        company=posting["company_name"],
        description=posting["description"],
        department=posting["department"],
        listed=listed,
        skills=asked.names,
        places=[posting["location"], *where],
        words=said,
        source=source,
        pay=pay,
    )
    brief = {
        "key": key(day=min(day, at.date()), posting_id=posting["id"], source=source, **said),
        "posting_id": posting["id"],
        "is_open": posting["state"] != PostingState.CLOSED,
        "made_at": at,
        "title_terms": " ".join(words.terms(posting["title"])),
        "company_terms": " ".join(words.terms(posting["company_name"])),
        "company_name": posting["company_name"],
        "skills": list(asked.names),
        "asked": packed,
        **said,
        "source": source,
        "places": where,
        "pay_low": pay[0],
        "pay_high": pay[1],
        "pay_currency": pay[2],
    }
    return Read(brief, found, words.split(f"{posting['title']} {posting['company_name']} {' '.join(listed)}"))


def places(told: Any) -> list[str]:
    """Return the cities and countries of a posting by their names, each once."""
    found: dict[str, None] = {}
    for place in told if isinstance(told, list) else []:
        if isinstance(place, dict):
            names = (str(place.get("city") or ""), country(str(place.get("country") or "")))
            found.update((name[:120], None) for name in names if name)
    return list(found)


@lru_cache(512)
def country(code: str) -> str:
    """Return the name of a country by its ISO 3166-1 code; what is none stays as it is."""
    import pycountry  # only by whoever reads postings

    found = pycountry.countries.get(alpha_2=code.upper()) if len(code) == 2 else None
    return str(getattr(found, "common_name", found.name)) if found else code


def a_years_pay(
    low: Decimal | None, high: Decimal | None, period: str, currency: str
) -> tuple[int | None, int | None, str]:
    """Return what is paid for a year of full work, in whole units; without a period it is told so already."""
    times = A_YEAR[Period(period)] if period else 1
    amounts = [None if amount is None else min(int(amount * times), _MOST_PAY) for amount in (low, high)]
    return amounts[0], amounts[1], currency.upper()


def word_of_source(kind: str, base_url: str) -> str:
    """Return where a posting was found: the kind of its source, and of what jobspy searches the site."""
    if kind == "jobspy":
        host = urlsplit(base_url).hostname or "indeed"
        return next((site for site in SOURCES[-5:] if site.split("_")[0] in host), kind)
    return kind if kind in SOURCES else ""
