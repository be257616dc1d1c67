"""How much a skill tells: the fewer openings name it, the more."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock

from onward.domain.feed.queries.markets import span
from onward.domain.matching.score import Rarity

# Days of postings that are counted, and seconds for which a process keeps what it has counted: nobody's score hangs on
# the postings of the last minutes.
DAYS, KEPT = 30, 600
# How much rarity counts beside being asked for at all.
SHARE = 0.25


@dataclass(slots=True)
class _Kept:
    day: date | None = None
    until: float = 0.0
    counts: Mapping[str, int] | None = None
    total: int = 0


_kept, _lock = _Kept(), Lock()


def of_the_market(*, on: date) -> Rarity:
    """Return how much each skill tells by the postings of the last 30 days; without any, all tell the same."""
    with _lock:
        if _kept.counts is None or _kept.day != on or time.monotonic() >= _kept.until:
            found = span(days=DAYS, today=on).now
            _kept.counts, _kept.total, _kept.day = found.skills, found.n, on
            _kept.until = time.monotonic() + KEPT
        counts, total = _kept.counts, _kept.total
    return counted(counts, total)


def forget() -> None:
    """Count anew the next time."""
    _kept.counts = None


def counted(counts: Mapping[str, int], total: int) -> Rarity:
    """Return how much each skill tells: 1, and a share of its inverse document frequency (Spärck Jones 1972).

    :param counts: openings by the skill that they name
    :param total: openings
    """
    known: dict[str, float] = {}

    def worth(name: str) -> float:
        if name not in known:
            known[name] = 1 + SHARE * math.log(1 + total / (1 + counts.get(name, 0))) if total else 1.0
        return known[name]

    return worth
