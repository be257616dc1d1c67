"""Counting the market, a day at a time (:mod:`onward.domain.feed.market`)."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from onward.domain.feed.keys import first_of
from onward.domain.feed.market import FANOUT, SIZES, Counts, blocks_of
from onward.domain.feed.models import Brief, MarketBlock
from onward.platform.record import append_all
from onward.platform.search.models import Stale
from onward.platform.search.watching import settle

# What is noted as changed, by the size of a block and the number of its first day.
CHANGED = {size: f"market_{size}" for size in SIZES}
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
    _note(1, {(day - _BEGIN).days for day in days})


def count_anew(*, wanted: Callable[[], object] = lambda: None) -> int:
    """Count the days that have changed, and then the longer blocks that they are in; returns how many days these were.

    :param wanted: called before each; raises when nobody wants it any more
    """
    done = 0
    for size in SIZES:
        for begins in _noted(size):
            wanted()
            notes = _notes(size, begins)
            is_new = _replace(size, begins, _of_day(begins) if size == 1 else _of_blocks(size, begins), notes)
            done += is_new and size == 1
    return done


def _note(size: int, numbers: Collection[int]) -> None:
    append_all(Stale, [{"index": CHANGED[size], "row_id": number} for number in sorted(numbers)])


def _noted(size: int) -> list[int]:
    noted = Stale.objects.filter(index=CHANGED[size]).order_by("row_id")
    return list(noted.values_list("row_id", flat=True).distinct())


def _notes(size: int, number: int) -> list[int]:
    """Return the notes of a block; to be asked for before what it is counted of is read."""
    return list(Stale.objects.filter(index=CHANGED[size], row_id=number).values_list("pk", flat=True)[:NOTES])


def _of_day(day: int) -> _Blocks:
    begin = _BEGIN + timedelta(days=day)
    rows = Brief.objects.filter(key__gte=first_of(begin), key__lt=first_of(begin + timedelta(days=1)))
    found: _Blocks = defaultdict(Counts)
    for brief in rows.values(*_COLUMNS).iterator():
        for name in blocks_of(brief["places"], brief["job_type"]):
            found[name].add(brief, day)
    return found


def _of_blocks(size: int, begins: int) -> _Blocks:
    parts = MarketBlock.objects.filter(days=size // FANOUT, begins__gte=begins, begins__lt=begins + size)
    found: _Blocks = defaultdict(Counts)
    for name, data in parts.values_list("place", "data").iterator():
        found[name].take(json.loads(data))
    return found


def _replace(size: int, begins: int, blocks: _Blocks, notes: Collection[int]) -> bool:
    """Write what was counted, unless somebody else has done so meanwhile, perhaps of newer rows."""
    with transaction.atomic():
        if not settle(notes):
            return False
        MarketBlock.objects.filter(days=size, begins=begins).delete()
        append_all(MarketBlock, list(_rows(size, begins, blocks)))
        if size != SIZES[-1]:
            longer = size * FANOUT
            _note(longer, {begins // longer * longer})
    return True


def _rows(size: int, begins: int, blocks: _Blocks) -> Iterable[dict[str, Any]]:
    for name, counts in sorted(blocks.items()):
        data = json.dumps(counts.packed(), separators=(",", ":"))
        yield {"place": name, "days": size, "begins": begins, "data": data}
