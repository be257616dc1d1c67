"""Counting what postings have in common, in blocks of days that are added up when somebody asks.

A block counts a place (a city, a country, or everywhere) on one day, or on four, 16 or 64 (`SIZES`). A span of any
length is a few blocks of each size, so that asking costs the same however many postings there are. A day's blocks are
counted anew of the briefs whenever one of the day has changed, and never added to: so they cannot drift. A longer block
is the sum of `FANOUT` of the next size.

Each place has a block for all postings and one for each type of job (`block_name`). ``data`` of a block: ``n`` how
many; ``d`` how many on each day; ``skills``, ``companies``, ``places``, ``modes`` and ``levels`` how many have each;
``pay`` by currency and seniority, how many have each pay of a year (a whole number, as text: a key of JSON).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from onward.platform.search import folded

FANOUT = 4
# In days.
SIZES = (1, 4, 16, 64)
EVERYWHERE = ""
COUNTED = ("skills", "companies", "places", "modes", "levels")
# Pay is rounded to so much, in the middle of its range.
ROUND = 100
# Companies and places of a block that are kept: the most frequent.
KEPT = 300


@dataclass(slots=True)
class Counts:
    """What some postings have in common."""

    n: int = 0
    days: Counter[int] = field(default_factory=Counter)
    skills: Counter[str] = field(default_factory=Counter)
    companies: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    modes: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    pay: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)

    def add(self, brief: Mapping[str, Any], day: int) -> None:
        """Count a posting. :param brief: the columns of its brief"""
        self.n += 1
        self.days[day] += 1
        self.skills.update(set(brief["skills"]))
        self.companies[brief["company_name"]] += 1
        self.places.update(set(brief["places"]))
        self.modes[brief["work_mode"]] += 1
        self.levels[brief["seniority"]] += 1
        ends = [end for end in (brief["pay_low"], brief["pay_high"]) if end is not None]
        if ends and brief["pay_currency"]:
            amount = str(round(sum(ends) / len(ends) / ROUND) * ROUND)
            paid = self.pay.setdefault(brief["pay_currency"], {}).setdefault(brief["seniority"], Counter())
            paid[amount] += 1

    def take(self, data: Mapping[str, Any], names: Collection[str] = (*COUNTED, "pay")) -> None:
        """Add what a block has counted. :param names: what of it is wanted"""
        self.n += data["n"]
        for day, times in data["d"].items():
            self.days[int(day)] += times
        for name in COUNTED:
            if name in names and name in data:
                _add(getattr(self, name), data[name])
        if "pay" not in names:
            return
        for currency, levels in data.get("pay", {}).items():
            mine = self.pay.setdefault(currency, {})
            for level, amounts in levels.items():
                _add(mine.setdefault(level, Counter()), amounts)

    def packed(self) -> dict[str, Any]:
        """Return it as a block keeps it."""
        kept = {
            "skills": self.skills,
            "companies": dict(self.companies.most_common(KEPT)),
            "places": dict(self.places.most_common(KEPT)),
            "modes": self.modes,
            "levels": self.levels,
            "pay": self.pay,
        }
        return {"n": self.n, "d": self.days, **{name: value for name, value in kept.items() if value}}


def _add(counted: Counter[str], more: Mapping[str, int]) -> None:
    """Add counts to others. Most are of what is there already; a Counter's own way of adding asks more of each."""
    known = counted.get
    for word, times in more.items():
        counted[word] = known(word, 0) + times


def block_name(place: str, job_type: str) -> str:
    """Return what the block of a place is called. :param job_type: nothing: of all types"""
    return f"{folded(place)[:90]}|{job_type}" if job_type else folded(place)[:90]


def blocks_of(places: Iterable[str], job_type: str) -> set[str]:
    """Return the blocks in which a posting counts."""
    return {block_name(place, kind) for place in (EVERYWHERE, *places) for kind in ("", job_type)}


def spans(begin: int, end: int) -> dict[int, list[int]]:
    """Return which blocks are the days from one until before another: by their size, where each begins."""
    found: dict[int, list[int]] = {}
    edges = [(begin, end)]
    for size in reversed(SIZES):
        left: list[tuple[int, int]] = []
        found[size] = []
        for first, last in edges:
            inner, until = -(-first // size) * size, last // size * size
            if inner >= until:
                left.append((first, last))
                continue
            found[size] += range(inner, until, size)
            left += [(first, inner), (until, last)]
        edges = [(first, last) for first, last in left if first < last]
    return found


def quartiles(amounts: Mapping[int, int]) -> tuple[int, int, int]:
    """Return the amounts below which a quarter, a half and three quarters lie (the nearest rank)."""
    n = sum(amounts.values())
    wanted: Iterator[int] = iter(sorted({-(-n * quarter // 4) for quarter in (1, 2, 3)}))
    ranks = dict.fromkeys(wanted, 0)
    seen = 0
    for amount in sorted(amounts):
        before, seen = seen, seen + amounts[amount]
        for rank in ranks:
            if before < rank <= seen:
                ranks[rank] = amount
    first, second, third = (ranks[-(-n * quarter // 4)] for quarter in (1, 2, 3))
    return first, second, third
