"""The feed: parts of what was found, in their order, and where the next part begins."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple

from onward.apis.copilot.lenses import JOB_TYPE, REMOTE_OPTION
from onward.apis.copilot.schemas.feed import Filters, OpeningSaid
from onward.domain.board.choices import WorkType
from onward.domain.feed.choices import Order
from onward.domain.feed.keys import posting_of
from onward.domain.feed.queries.found import Found, find, ranked
from onward.domain.feed.queries.openings import about, openings
from onward.domain.feed.wanted import Wanted
from onward.platform.refusals import Invalid
from onward.platform.wire import Reading

_ROWS = Reading(OpeningSaid, openings)


class Cursor(NamedTuple):
    """Where a part begins. :ivar day: by whose date the first part was put in order; :ivar after: score and number"""

    digest: str
    day: date
    after: tuple[int, int]

    def written(self) -> str:
        """Return it as an address says it."""
        plain = json.dumps([self.digest, self.day.toordinal(), *self.after])
        return urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read_cursor(text: str, *, digest: str) -> Cursor:
    """Return what a cursor says.

    :raises Invalid: when it is none, or of another search
    """
    try:
        plain = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        found, day, score, number = json.loads(plain)
        if found != digest or any(type(value) is not int or abs(value) >= 2**63 for value in (day, score, number)):
            raise ValueError(text)
        return Cursor(found, date.fromordinal(day), (score, number))
    except (ValueError, TypeError, OverflowError):
        raise Invalid(fields={"cursor": ["This is no cursor of this search."]}) from None


def wanted_of(said: Filters) -> Wanted:
    """Return what somebody looks for, in the record's words."""
    mode = "remote" if said.remote_only else said.remote_option
    return Wanted(
        words=said.query,
        location=said.location,
        company=said.company,
        work_mode=WorkType.REMOTE if said.remote_only else (REMOTE_OPTION.read(mode) if mode else ""),
        job_type=JOB_TYPE.read(said.job_type) if said.job_type else "",
        seniority=said.seniority or "",
        source=said.source or "",
        tech_stack=tuple(filter(None, said.tech_stack)),
        min_salary=said.min_salary,
        max_salary=said.max_salary,
        currency=said.currency or "",
        posted_within=said.posted_within,
    )


def shown_wanted(wanted: Wanted) -> dict[str, Any]:
    """Return what somebody looks for, by this document's names and words."""
    named = {"words": "query", "work_mode": "remote_option"}
    shown = {named.get(name, name): value for name, value in wanted.packed().items()}
    if wanted.job_type:
        shown["job_type"] = JOB_TYPE.show(wanted.job_type)
    if wanted.work_mode:
        shown["remote_option"] = REMOTE_OPTION.show(wanted.work_mode)
    return shown


def part(
    wanted: Wanted, *, order: Order, cursor: str, limit: int, owner_id: int, without: Collection[int], today: date
) -> dict[str, Any]:
    """Return a part of what somebody looks for, as `FeedOut`.

    :param without: postings that they do not want to see
    """
    digest = blake2b(f"{asdict(wanted)} {order}".encode(), digest_size=6).hexdigest()
    begin = read_cursor(cursor, digest=digest) if cursor else Cursor(digest, today, (2**62, 2**62))
    found = find(wanted, without=without, today=begin.day, order=order)
    if order == Order.RELEVANCE and found.said:
        best = [one for one in ranked(found, today=begin.day) if one < begin.after]
    else:
        best = [(0, number) for number in newest_after(found, wanted, begin, without, limit)]
    items, last, gone = shown(best, limit=limit, owner_id=owner_id)
    if gone:
        # Where there is more, more of it may be gone.
        left = [number for number in found.numbers if number not in gone]
        found = replace(found, numbers=left, is_all=found.is_all and last is None)
    return {
        "items": items,
        "total": found.total,
        "total_is_exact": found.is_all,
        "next_cursor": begin._replace(after=last).written() if last else None,
        "facets": in_this_documents_words(found.facets()),
        "corrected": found.meant,
        "every_word": found.is_whole,
    }


def newest_after(found: Found, wanted: Wanted, begin: Cursor, without: Collection[int], limit: int) -> Sequence[int]:
    """Return the numbers of a part by time, also where it begins behind all that were counted."""
    numbers = [number for number in found.numbers if number < begin.after[1]]
    if len(numbers) > limit or found.is_all:
        return numbers
    return find(wanted, without=without, today=begin.day, order=Order.NEWEST, below=begin.after[1]).numbers


def shown(
    best: Sequence[tuple[int, int]], *, limit: int, owner_id: int
) -> tuple[list[dict[str, Any]], tuple[int, int] | None, set[int]]:
    """Return the first postings of a list that can be seen, and behind which of the list the next part begins.

    :return: both, and the numbers of those that were closed since the index was written: they are passed over
    """
    at = 0
    gone: set[int] = set()
    items: list[dict[str, Any]] = []
    while at < len(best) and len(items) < limit:
        some = best[at : at + limit - len(items)]
        at += len(some)
        ids = [posting_of(number) for _, number in some]
        rows = {row["id"]: row for row in json.loads(_ROWS.all(ids=ids))}
        told = about(owner_id=owner_id, companies={pk: row["company"] for pk, row in rows.items()})
        items += [{**rows[pk], **told[pk]} for pk in ids if pk in rows]
        gone.update(number for _, number in some if posting_of(number) not in rows)
    return items, best[at - 1] if at < len(best) else None, gone


def in_this_documents_words(facets: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Return facets by the names and words of this document."""
    named = {"work_mode": ("remote_option", REMOTE_OPTION), "job_type": ("job_type", JOB_TYPE)}
    return {
        named[name][0] if name in named else name: {
            str(named[name][1].show(word)) if name in named else word: times for word, times in counts.items()
        }
        for name, counts in facets.items()
    }
