"""Counting the market, a day at a time."""

from collections.abc import Collection
from datetime import date

from onward.platform.record import append_all
from onward.platform.search.models import Stale

NAME = "market"
_BEGIN = date(1970, 1, 1)


def note_days(days: Collection[date]) -> None:
    """Note that the postings of these days have changed, in the transaction that changes them."""
    append_all(Stale, [{"index": NAME, "row_id": (day - _BEGIN).days} for day in sorted(days)])
