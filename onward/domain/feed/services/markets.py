"""Counting the market, a day at a time (:mod:`onward.domain.feed.market`)."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from onward.domain.feed.keys import first_of
from onward.domain.feed.market import LONG, Counts, blocks_of
from onward.domain.feed.models import Brief, MarketBlock
from onward.platform.record import append_all
from onward.platform.search.models import Stale
from onward.platform.search.watching import settle

# What is noted as changed, by the number of the day, and by that of the first day of a long block.
DAYS, LONG_BLOCKS = "market", "market_long"
# Notes of a day that are settled at once.
NOTES = 20_000
_BEGIN = date(1970, 1, 1)
_COLUMNS = (
    *("skills", "company_name", "places", "work_mode", "seniority", "job_type"),
    *("pay_low", "pay_high", "pay_currency"),
)
_Blocks = dict[str, Counts]


def note_days(days: Collection[date]) -> None:
    """Note that the postings of these days have changed, in the transaction that changes them."""
    _note(DAYS, {(day - _BEGIN).days for day in days})


def count_anew(*, wanted: Callable[[], object] = lambda: None) -> int:
    """Count the days that have changed, and then the long blocks that they are in; returns how many days these were.

    :param wanted: called before each; raises when nobody wants it any more
    """
    done = 0
    for day in _noted(DAYS):
        wanted()
        notes = _notes(DAYS, day)
        done += _replace(1, day, _of_day(day), notes)
    for begins in _noted(LONG_BLOCKS):
        wanted()
        notes = _notes(LONG_BLOCKS, begins)
        _replace(LONG, begins, _of_days(begins), notes)
    return done


def _note(index: str, numbers: Collection[int]) -> None:
    append_all(Stale, [{"index": index, "row_id": number} for number in sorted(numbers)])


def _noted(index: str) -> list[int]:
    return list(Stale.objects.filter(index=index).order_by("row_id").values_list("row_id", flat=True).distinct())


def _notes(index: str, number: int) -> list[int]:
    """Return the notes of a block; to be asked for before what it is counted of is read."""
    return list(Stale.objects.filter(index=index, row_id=number).values_list("pk", flat=True)[:NOTES])


def _of_day(day: int) -> _Blocks:
    begin = _BEGIN + timedelta(days=day)
    rows = Brief.objects.filter(key__gte=first_of(begin), key__lt=first_of(begin + timedelta(days=1)))
    found: _Blocks = defaultdict(Counts)
    for brief in rows.values(*_COLUMNS).iterator():
        for name in blocks_of(brief["places"], brief["job_type"]):
            found[name].add(brief, day)
    return found


def _of_days(begins: int) -> _Blocks:
    days = MarketBlock.objects.filter(days=1, begins__gte=begins, begins__lt=begins + LONG)
    found: _Blocks = defaultdict(Counts)
    for name, data in days.values_list("place", "data").iterator():
        found[name].take(json.loads(data))
    return found


def _replace(days: int, begins: int, blocks: _Blocks, notes: Collection[int]) -> bool:
    """Write what was counted, unless somebody else has done so meanwhile, perhaps of newer rows."""
    with transaction.atomic():
        if not settle(notes):
            return False
        MarketBlock.objects.filter(days=days, begins=begins).delete()
        append_all(MarketBlock, list(_rows(days, begins, blocks)))
        if days == 1:
            _note(LONG_BLOCKS, {begins // LONG * LONG})
    return True


def _rows(days: int, begins: int, blocks: _Blocks) -> Iterable[dict[str, Any]]:
    for name, counts in sorted(blocks.items()):
        data = json.dumps(counts.packed(), separators=(",", ":"))
        yield {"place": name, "days": days, "begins": begins, "data": data}
