"""What is new in searches that people keep."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import DateTimeField, F, JSONField, Max, Q, QuerySet

from onward.domain.feed.choices import Often, Order
from onward.domain.feed.keys import posting_of
from onward.domain.feed.models import Brief, SavedSearch
from onward.domain.feed.queries.found import find
from onward.domain.feed.wanted import Wanted
from onward.platform.search.among import Among
from onward.platform.wire import Param, Statement

_NEW = Statement(
    lambda: (
        Brief.objects.filter(Among(F("key"), Param("keys", JSONField())), made_at__gt=Param("since", DateTimeField()))
        .order_by("-key")
        .values_list("key")
    )
)


def read_until() -> datetime | None:
    """Return when the latest posting came into the index: one that is being read now comes later."""
    found: datetime | None = Brief.objects.aggregate(last=Max("made_at"))["last"]
    return found


def untold(*, zones: Collection[str], today: date) -> QuerySet[SavedSearch]:
    """Return the searches of people in these zones of which they are to be told today, and were not yet."""
    often = [Often.DAILY, Often.WEEKLY] if today.weekday() == 0 else [Often.DAILY]
    mine = SavedSearch.objects.filter(owner__is_active=True, owner__timezone__in=zones, often__in=often)
    return mine.filter(Q(told_on=None) | Q(told_on__lt=today)).order_by("owner_id", "pk")


def news(search: SavedSearch, *, without: Collection[int], today: date) -> list[int]:
    """Return the postings that came into the index since somebody was told of a search, the latest first."""
    found = find(Wanted.unpacked(search.wanted), without=without, today=today, order=Order.NEWEST)
    if not found.is_whole or found.meant:
        # What is near was not asked for.
        return []
    rows: list[Any] = _NEW.rows(keys=list(found.numbers), since=search.seen_until)
    return [posting_of(number) for (number,) in rows]
