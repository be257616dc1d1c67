"""Open postings by skills and words, for whoever scores them."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, JSONField, TextField
from django.db.models.functions import Cast

from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.domain.board.queries import SEEN_BY_ALL
from onward.domain.feed.index import POSTINGS
from onward.domain.feed.keys import first_of, posting_of
from onward.domain.feed.models import Brief
from onward.domain.feed.queries.mine import dismissed_ids
from onward.platform.search.among import Among
from onward.platform.search.terms import in_field, name_term, terms
from onward.platform.wire import Param, Statement
from onward.platform.wire.values import instant, plain_day


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """An open posting that may fit somebody. :ivar asked: what it asks for, of `asking.Asked`, packed"""

    posting_id: int
    title: str
    company_name: str
    company_key: str
    place_key: str
    location: str
    work_mode: str
    job_type: str
    pay_min: Decimal | float | None
    pay_max: Decimal | float | None
    pay_currency: str
    pay_period: str
    skills: list[str]
    posted_on: date | None
    first_seen_at: datetime
    url: str
    apply_url: str
    source: str
    asked: dict[str, Any]


_OF_POSTING = (
    *("title", "company_name", "company_key", "place_key", "location", "work_mode", "job_type"),
    *("pay_min", "pay_max", "pay_currency", "pay_period", "url", "apply_url", "posted_on", "first_seen_at"),
)
_IDS: Any = Param("ids", JSONField())
_POSTINGS = Statement(
    lambda: (
        Posting.objects.filter(SEEN_BY_ALL, Among(F("pk"), _IDS))
        .exclude(state=PostingState.CLOSED)
        .values_list("pk", *_OF_POSTING)
    )
)
_BRIEFS = Statement(
    lambda: Brief.objects.filter(Among(F("posting_id"), _IDS)).values_list(
        "posting_id", "source", Cast("skills", TextField()), Cast("asked", TextField())
    )
)


def candidates(
    *, skills: Collection[str], words: Collection[str], since: datetime, most: int, owner_id: int = 0
) -> list[Candidate]:
    """Return open postings that anybody may see, posted since a day, that name one of these skills or have one of these
    words in their title, company or listed skills.

    First those that have a word and a skill, then those that have skills of both halves of the list, then others; of
    each the newest.

    :param skills: by their names in the list, the most telling first
    :param owner_id: what this person has dismissed is left out
    """
    named = [term for skill in skills for term in in_field("s", filter(None, [name_term(skill)]))]
    titled = in_field("t", dict.fromkeys(term for word in words for term in terms(word)))
    lowest = first_of(since.date())
    halves = named[::2], named[1::2]
    dismissed = dismissed_ids(owner_id) if owner_id else frozenset()
    found: dict[int, None] = {}
    for query, share in (([titled, named], 2), (halves, 2), ([titled], 4), ([named], 4)):
        if all(query):
            found.update(dict.fromkeys(POSTINGS.find(query, least=lowest, most=most // share)))
    return _whole([pk for pk in map(posting_of, found) if pk not in dismissed][:most])


def _whole(ids: list[int]) -> list[Candidate]:
    postings = {row[0]: row[1:] for row in _POSTINGS.rows(ids=ids)}
    briefs = {row[0]: row[1:] for row in _BRIEFS.rows(ids=ids)}
    return [_candidate(pk, postings[pk], *briefs[pk]) for pk in ids if pk in postings and pk in briefs]


def _candidate(pk: int, row: tuple[Any, ...], source: str, skills: str, asked: str) -> Candidate:
    *plain, posted_on, first_seen_at = row
    return Candidate(
        posting_id=pk,
        **dict(zip(_OF_POSTING, plain, strict=False)),
        posted_on=plain_day(posted_on),
        first_seen_at=instant(first_seen_at),
        source=source,
        skills=json.loads(skills),
        asked=json.loads(asked),
    )
