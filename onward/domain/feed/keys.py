"""The number under which a posting stands in the index: when it was posted, which it is, and what is counted of it.

::

    16 bits  the day, since 1970
    32 bits  the posting's id
    15 bits  work mode 2, seniority 3, type 3, source 5, two are free

So the index finds the newest first, a time is a range of numbers, and facets are counted without reading a row.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from onward.domain.board.choices import JobType, WorkType
from onward.domain.feed.choices import SOURCES, Seniority

DAY, POSTING = 47, 15
_BEGIN = date(1970, 1, 1)
_LAST_DAY = (1 << 16) - 1
# What is counted: how many bits it has, and its words in order; 0 is none of them.
PARTS: dict[str, tuple[int, tuple[str, ...]]] = {
    "work_mode": (2, tuple(WorkType.values)),
    "seniority": (3, tuple(Seniority.values)),
    "job_type": (3, tuple(JobType.values)),
    "source": (5, SOURCES),
}


def first_of(day: date) -> int:
    """Return the lowest number that a posting of a day can have."""
    return max(0, min((day - _BEGIN).days, _LAST_DAY)) << DAY


def key(*, day: date, posting_id: int, **words: str) -> int:
    """Return the number of a posting. :param words: by the names of `PARTS`; what is no word of one is none"""
    code = 0
    for name, (bits, known) in PARTS.items():
        word = words.get(name, "")
        code = code << bits | (known.index(word) + 1 if word in known else 0)
    return first_of(day) | posting_id << POSTING | code


def day_of(number: int) -> date:
    """Return the day on which a posting was posted."""
    return _BEGIN + timedelta(days=number >> DAY)


def posting_of(number: int) -> int:
    """Return the id of a posting."""
    return number >> POSTING & (1 << 32) - 1


def counted(numbers: Iterable[int]) -> dict[str, dict[str, int]]:
    """Return how many postings have each word of each part, the most frequent first."""
    codes = Counter(map(((1 << POSTING) - 1).__and__, numbers))
    found: dict[str, dict[str, int]] = {}
    shift = sum(bits for bits, _ in PARTS.values())
    for name, (bits, known) in PARTS.items():
        shift -= bits
        counts: Counter[int] = Counter()
        for code, times in codes.items():
            counts[code >> shift & (1 << bits) - 1] += times
        found[name] = {known[place - 1]: times for place, times in counts.most_common() if 0 < place <= len(known)}
    return found
