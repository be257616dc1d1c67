"""What can be told of jobs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, Sum

from onward.platform.jobs.models import Job, State, Tally
from onward.platform.jobs.registry import QUEUES

ENDED = (State.DONE, State.DEAD, State.CANCELLED)


@dataclass(slots=True)
class Ended:
    """Jobs of one kind that came to the same end, those that have been swept included.

    :param seconds: how long their last attempts took together
    """

    kind: str
    state: str
    jobs: int = 0
    seconds: float = 0.0


def find(kind: str, pk: int) -> Job | None:
    """Return the row of a job; none where there is none of that kind and number, or it was swept."""
    return Job.objects.filter(kind=kind, pk=pk).first()


def running(job_ids: Iterable[int | None]) -> set[int]:
    """Return which of these jobs a worker has, as far as anybody knows."""
    return set(Job.objects.filter(pk__in=list(job_ids), state=State.RUNNING).values_list("pk", flat=True))


def depth() -> list[tuple[str, str, int]]:
    """Count the rows by kind and state."""
    return list(Job.objects.values_list("kind", "state").annotate(number=Count("pk")).order_by("kind", "state"))


def oldest_due(*, at: datetime) -> dict[str, float]:
    """Return, for each queue, for how many seconds the oldest due job has waited; 0 when none does."""
    due = Job.objects.filter(state=State.WAITING, run_at__lte=at).values_list("queue").annotate(since=Min("run_at"))
    found = {queue: (at - since).total_seconds() for queue, since in due.order_by()}
    return {queue: found.get(queue, 0.0) for queue in {*QUEUES, *found}}


def ended() -> list[Ended]:
    """Count what became of jobs since the beginning."""
    total: defaultdict[tuple[str, str], Ended] = defaultdict(lambda: Ended("", ""))
    for tally in Tally.objects.all():
        total[tally.kind, tally.state] = Ended(tally.kind, tally.state, tally.jobs, tally.seconds)
    rows = Job.objects.filter(state__in=ENDED).values_list("kind", "state")
    took = Sum(F("finished_at") - F("started_at"))
    for kind, state, jobs, time in rows.annotate(jobs=Count("pk"), time=took).order_by():
        sum_ = total[kind, state]
        sum_.kind, sum_.state = kind, state
        sum_.jobs += jobs
        sum_.seconds += time.total_seconds() if time else 0.0
    return sorted(total.values(), key=lambda found: (found.kind, found.state))
