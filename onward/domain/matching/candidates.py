"""Which postings may suit somebody, found by the database: open, seen by all, with a skill or a word in common."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Q

from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.domain.feed.asking import read_posting

_COLUMNS = (
    *("title", "company_name", "company_key", "place_key", "location", "work_mode", "job_type"),
    *("pay_min", "pay_max", "pay_currency", "pay_period", "skills", "posted_on", "first_seen_at", "url", "apply_url"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A posting that may suit somebody. :ivar asked: what it asks for, packed"""

    posting_id: int
    title: str
    company_name: str
    company_key: str
    place_key: str
    location: str
    work_mode: str
    job_type: str
    pay_min: Decimal | None
    pay_max: Decimal | None
    pay_currency: str
    pay_period: str
    skills: list[str]
    posted_on: date | None
    first_seen_at: datetime
    url: str
    apply_url: str
    source: str
    asked: dict[str, Any]


def candidates(
    *, skills: Collection[str], words: Collection[str], since: datetime, most: int, owner_id: int = 0
) -> list[Candidate]:
    """Return open postings that anybody may see, the latest first.

    :param skills: names of skills that somebody has
    :param words: of the titles that they look for
    :param since: when they were posted at the earliest
    :param owner_id: what this person has dismissed is left out
    """
    seen = Q(published_at__isnull=False) | Q(lead__isnull=True, removed_lead__isnull=True)
    rows = Posting.objects.filter(seen, first_seen_at__gte=since).exclude(state=PostingState.CLOSED)
    found = rows.order_by("-first_seen_at", "-pk").values_list("pk", "description", "level", *_COLUMNS)[:most]
    return [
        Candidate(
            posting_id=pk,
            source="",
            asked=_read(row[0], description, tuple(map(str, row[_COLUMNS.index("skills")])), level),
            **dict(zip(_COLUMNS, row, strict=True)),
        )
        for pk, description, level, *row in found
    ]


@lru_cache(maxsize=2_000)
def _read(title: str, description: str, listed: tuple[str, ...], level: str) -> dict[str, Any]:
    return read_posting(title=title, description=description, listed=listed, level=level).packed()
