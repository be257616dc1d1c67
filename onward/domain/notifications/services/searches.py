"""Lines about what is new in searches that somebody keeps: one a morning, however many searches and postings."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django.db import transaction

from onward.domain.accounts.models import User
from onward.domain.feed import services
from onward.domain.feed.models import SavedSearch
from onward.domain.feed.queries import dismissed_ids
from onward.domain.feed.queries.news import news, read_until, untold
from onward.domain.notifications import clock
from onward.domain.notifications.choices import CareerNoticeType
from onward.domain.notifications.services import career, notices

MORNING = time(8)
# Postings of a search that are named.
NAMED = 10


def tell_due(*, at: datetime) -> int:
    """Tell everybody whose morning has come of what is new; returns how many lines that made."""
    until = read_until()
    if until is None:
        return 0
    told = 0
    for today, zones in _mornings(at).items():
        searches = untold(zones=zones, today=today)
        for _, mine in groupby(searches, key=lambda search: search.owner_id):
            told += _tell(list(mine), until, today, at)
    return told


def _mornings(at: datetime) -> dict[date, list[str]]:
    """Return the zones in which it is eight or later, by the date that they have."""
    found: dict[date, list[str]] = {}
    for name in User.objects.filter(is_active=True).order_by("timezone").values_list("timezone", flat=True).distinct():
        now = at.astimezone(clock.zone(name))
        if now.time() >= MORNING:
            found.setdefault(now.date(), []).append(name)
    return found


@transaction.atomic
def _tell(searches: Sequence[SavedSearch], until: datetime, today: date, at: datetime) -> int:
    without = dismissed_ids(searches[0].owner_id)
    found = [(search, ids) for search in searches if (ids := news(search, without=without, today=today))]
    services.note_told(searches=searches, until=until, day=today)
    return career.tell([_line(found, today, at)]) if found else 0


def _line(found: Sequence[tuple[SavedSearch, list[int]]], today: date, at: datetime) -> dict[str, Any]:
    count = len({pk for _, ids in found for pk in ids})
    searches = f"“{found[0][0].name}”" if len(found) == 1 else f"{len(found)} saved searches"
    return notices.notice(
        owner_id=found[0][0].owner_id,
        type_=CareerNoticeType.NEW_JOB_MATCH,
        title=f"{count} new {'posting' if count == 1 else 'postings'} in {searches}",
        message="\n".join(f"{search.name}: {len(ids)}" for search, ids in found),
        data={"count": count, "searches": list(_data(found))},
        key=f"searches:{today}",
        at=at,
    )


def _data(found: Iterable[tuple[SavedSearch, list[int]]]) -> Iterable[dict[str, Any]]:
    for search, ids in found:
        yield {"search_id": search.pk, "name": search.name, "count": len(ids), "posting_ids": ids[:NAMED]}
