"""Jobs in numbers, in the document's words."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from onward.apis.copilot.lenses import JOB_STATUS, SOURCE
from onward.apis.copilot.schemas.jobs import Bucket, Count, Insights
from onward.domain.applications.choices import WorkType
from onward.domain.insight.queries.jobs import JobGroup, alike

LOCATIONS = 10
# A histogram has so many buckets at most, each as wide as one of these, times a power of ten.
BUCKETS = 10
_WIDTHS = (1, 2, 5)


def numbers(*, owner_id: int, at: datetime, days: int) -> Insights:
    """Return somebody's jobs of so many days in numbers."""
    groups = alike(owner_id=owner_id, since=at - timedelta(days=days))
    statuses = dict.fromkeys(JOB_STATUS.words, 0)
    sources: Counter[str] = Counter()
    places: Counter[str] = Counter()
    total = remote = 0
    for group in groups:
        total += group.number
        remote += group.number if group.work_type == WorkType.REMOTE else 0
        statuses[JOB_STATUS.show(group.status)] += group.number
        sources[SOURCE.show(group.source)] += group.number
        if group.location:
            places[group.location] += group.number
    currency = _usual_currency(groups)
    best = sorted(places.items(), key=lambda place: (-place[1], place[0]))[:LOCATIONS]
    return Insights(
        timeframe_days=days,
        total_jobs=total,
        status_breakdown={str(word): count for word, count in statuses.items()},
        source_breakdown=dict(sources.most_common()),
        top_locations=[Count(location=place, count=count) for place, count in best],
        remote_jobs=remote,
        remote_percentage=round(remote / total * 100, 1) if total else 0.0,
        salary_currency=currency,
        salary_histogram=_histogram([group for group in groups if group.currency == currency]),
    )


def _usual_currency(groups: Sequence[JobGroup]) -> str | None:
    """Return the currency in which most jobs say what they pay: sums in several do not belong into one histogram."""
    said: Counter[str] = Counter()
    for group in groups:
        if group.salary is not None:
            said[group.currency] += group.number
    return min(said, key=lambda currency: (-said[currency], currency)) if said else None


def _histogram(groups: Sequence[JobGroup]) -> list[Bucket]:
    sums = [(group.salary, group.number) for group in groups if group.salary is not None]
    if not sums:
        return []
    low, high = min(sums)[0], max(sums)[0]
    width = next(
        width
        for zeros in range(12)
        for width in (factor * 10**zeros for factor in _WIDTHS)
        if width >= 1000 and high // width - low // width < BUCKETS
    )
    edges = range(low // width * width, (high // width + 2) * width, width)
    counts: Counter[int] = Counter()
    for salary, number in sums:
        counts[salary // width * width] += number
    return [Bucket(**{"from": begin, "to": end, "count": counts[begin]}) for begin, end in pairwise(edges)]
