"""The market: what postings of a span have in common, beside those of the span before."""

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, JSONField, Q, TextField

from onward.domain.feed.market import COUNTED, EVERYWHERE, SIZES, Counts, block_name, quartiles, spans
from onward.domain.feed.models import MarketBlock
from onward.domain.feed.reading import country
from onward.platform.search import folded
from onward.platform.search.among import Among
from onward.platform.wire import Param, Statement

# What the days before are asked for.
GROWING = frozenset({"skills", "companies", "places"})
# Groups of fewer say too much of each.
LEAST = 5

_PLACE: Any = Param("place", TextField())
_BLOCKS = Statement(
    lambda: MarketBlock.objects.filter(
        reduce(or_, (Q(Among(F("begins"), Param(f"of{size}", JSONField())), days=size, place=_PLACE) for size in SIZES))
    ).values_list("data")
)
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """Postings of some days, and those of as many days before. :ivar first: the first day; :ivar days: how many"""

    first: date
    days: int
    now: Counts
    before: Counts


@dataclass(frozen=True, slots=True)
class Pay:
    """What is paid a year. :ivar seniority: nothing: whatever it is"""

    currency: str
    seniority: str
    n: int
    lower: int
    median: int
    upper: int


def span(
    *,
    days: int,
    today: date,
    location: str = "",
    job_type: str = "",
    names: Collection[str] = (*COUNTED, "pay"),
) -> Span:
    """Return the postings of the last days, today included, and of as many days before.

    :param names: what is counted; of the days before only that which can grow
    :param location: the name of a city or a country, or its code; nothing: everywhere
    """
    end = (today - _EPOCH).days + 1
    name = block_name(place_of(location), job_type)
    now = _counts(end - days, end, name, names)
    before = _counts(end - 2 * days, end - days, name, [name for name in names if name in GROWING])
    return Span(date.fromordinal(today.toordinal() - days + 1), days, now, before)


def place_of(location: str) -> str:
    """Return by what blocks call a place: of `Berlin, Germany` the city."""
    name = location.split(",")[0].strip()
    return folded(country(name) if len(name) == 2 else name) if name else EVERYWHERE


def pays(counts: Counts, *, by_seniority: bool) -> list[Pay]:
    """Return what is paid, the largest groups first; those of fewer than `LEAST` are left out."""
    found = []
    for currency, levels in counts.pay.items():
        groups: dict[str, Counter[int]] = {}
        for level, amounts in levels.items():
            group = groups.setdefault(level if by_seniority else "", Counter())
            for amount, times in amounts.items():
                group[int(amount)] += times
        for level, paid in groups.items():
            n = sum(paid.values())
            if n >= LEAST and (level or not by_seniority):
                found.append(Pay(currency, level, n, *quartiles(paid)))
    return sorted(found, key=lambda pay: (-pay.n, pay.currency, pay.seniority))


def growth(now: int, before: int) -> float | None:
    """Return by how much something has grown, in percent; None where there was nothing before."""
    return round(100 * (now - before) / before, 1) if before else None


def _counts(begin: int, end: int, place: str, names: Collection[str]) -> Counts:
    counts = Counts()
    begins = {f"of{size}": numbers for size, numbers in spans(begin, end).items()}
    for (data,) in _BLOCKS.rows(place=place, **begins):
        counts.take(json.loads(data), names)
    return counts
