"""Whether an opening can still be applied for, as far as its sources tell.

A whole board lists all that is open: what is missing once may be a mistake, twice it is gone. A feed shows its latest
postings only, so its silence says nothing until it has lasted. The employer's own word closes at once: the closing day,
or a page that is not there any more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from onward.domain.board.choices import PostingState

# Of what is usual; a reading that brought less says nothing of what it did not bring.
SHARE = 0.7
# Readings whose numbers say what is usual.
RECENT = 5
# How long a feed may keep silent about a posting.
SILENCE = timedelta(days=14)
# Readings in a row that missed a posting until it is gone.
GONE = 2
# What a server answers of a page that is not there any more.
NOT_THERE = frozenset({404, 410})

MISSING = "Its source did not list it when it was last read."
SILENT = "Its source has not listed it for two weeks."
NOT_LISTED = "Its source does not list it any more."
PAST = "Its closing day has passed."
PAGE_GONE = "Its page is not there any more."


@dataclass(frozen=True, slots=True)
class Seen:
    """How a source last told of a posting.

    :param windowed: whether the source shows its latest postings only
    :param missed: readings in a row that should have told of it and did not (see `tells_absence`)
    """

    windowed: bool
    last_seen_at: datetime
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Freshness:
    """Whether a posting can be applied for, and if that is not plain, why."""

    state: PostingState
    reason: str = ""


LIVE = Freshness(PostingState.LIVE)
_ORDER = (PostingState.LIVE, PostingState.UNCERTAIN, PostingState.CLOSED)


def freshness(
    seen: Iterable[Seen], *, at: datetime, closes_on: date | None = None, page_status: int | None = None
) -> Freshness:
    """Judge a posting. What one source still lists is live, whatever others miss; what no source told of is live, too.

    :param closes_on: the last day to apply
    :param page_status: what the server of the posting's own page answered, where it was asked
    """
    if closes_on is not None and closes_on < at.date():
        return Freshness(PostingState.CLOSED, PAST)
    if page_status in NOT_THERE:
        return Freshness(PostingState.CLOSED, PAGE_GONE)
    return min((_by_source(one, at) for one in seen), key=lambda found: _ORDER.index(found.state), default=LIVE)


def _by_source(seen: Seen, at: datetime) -> Freshness:
    if seen.windowed:
        is_silent = at - seen.last_seen_at > SILENCE
        return Freshness(PostingState.UNCERTAIN, SILENT) if is_silent else LIVE
    if seen.missed >= GONE:
        return Freshness(PostingState.CLOSED, NOT_LISTED)
    return Freshness(PostingState.UNCERTAIN, MISSING) if seen.missed else LIVE


def usual(found: Sequence[int]) -> float:
    """Return how many a source usually has, by what its last whole readings found, the latest last; 0: not known."""
    return median(found[-RECENT:]) if found else 0


def tells_absence(*, ended: bool, found: int, usual: float) -> bool:
    """Whether what a reading did not bring is missing. One that brought far less than usual may have been cut.

    :param ended: whether it came to its end: it did not fail and was neither cut nor cancelled
    """
    return ended and found >= SHARE * usual
