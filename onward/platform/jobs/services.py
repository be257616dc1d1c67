"""Everything that is written about jobs.

Each step is a conditional update that is counted: of several workers that try the same step on the same row, the
database lets exactly one through.
"""

import json
import random
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from onward.platform.jobs.models import Job, State
from onward.platform.jobs.registry import Kind
from onward.platform.record.append import append

# How many due rows a worker looks at; more only matters when that many workers claim at the same moment.
CANDIDATES = 20
KEPT = timedelta(days=7)
ERROR_LENGTH = 8000
# Seconds.
FIRST_WAIT = 10
LONGEST_WAIT = 6 * 3600


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt at one job. Its number tells it from an earlier attempt of the same holder."""

    job_id: int
    kind: str
    payload: dict[str, Any]
    attempt: int
    max_attempts: int
    holder: str


def enqueue(kind: Kind[Any], /, *, run_at: datetime | None = None, **payload: Any) -> int:
    """Ask for a job, in the caller's transaction: if that fails, nobody ever asked.

    :param run_at: not before this moment; None: as soon as the transaction has ended
    :param payload: the job's arguments; text, numbers, and lists and dicts of them
    :returns: the id of the row
    :raises TypeError: when the arguments are not the job's or JSON does not know them
    """
    kind.check(payload)
    now = timezone.now()
    job_id: int = append(
        Job,
        kind=kind.name,
        payload=payload,
        run_at=run_at or now,
        max_attempts=kind.max_attempts,
        created_at=now,
    )
    return job_id


def claim(*, holder: str, at: datetime, lease: timedelta) -> Claim | None:
    """Take the job that has been due for longest and that nobody else takes.

    :param holder: who takes it; a name that no other worker has
    :param lease: how long it is the holder's without a renewal
    """
    for job_id, kind, payload, attempts, max_attempts in _due(at):
        taken = Job.objects.filter(pk=job_id, state=State.WAITING, attempts=attempts).update(
            state=State.RUNNING, lease_holder=holder, leased_until=at + lease, attempts=attempts + 1
        )
        if taken:
            return Claim(job_id, kind, json.loads(payload), attempts + 1, max_attempts, holder)
    return None


# The states stand in the text, not among the parameters: SQLite uses a partial index only when it sees that the
# query asks for the index's own condition.
DUE = """
    SELECT id, kind, payload, attempts, max_attempts FROM jobs_job
    WHERE state = 'waiting' AND run_at <= %s ORDER BY run_at, id LIMIT %s
"""
EXPIRED = "SELECT id FROM jobs_job WHERE state = 'running' AND leased_until < %s LIMIT 1000"


def _due(at: datetime) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(DUE, [connection.ops.adapt_datetimefield_value(at), CANDIDATES])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def renew(*, holders: Collection[str], at: datetime, lease: timedelta) -> int:
    """Keep what these holders run theirs for another while; gives how many jobs that are."""
    return Job.objects.filter(state=State.RUNNING, lease_holder__in=holders).update(leased_until=at + lease)


def finish(claim: Claim, *, at: datetime) -> bool:
    """Record that a job is done; False when it was no longer the holder's."""
    return _settle(claim, state=State.DONE, finished_at=at, error="")


def fail(claim: Claim, *, error: str, at: datetime) -> bool:
    """Record that an attempt failed: the job waits for the next one, or is dead after the last.

    :returns: False when it was no longer the holder's
    """
    error = _storable(error)
    if claim.attempt >= claim.max_attempts:
        return _settle(claim, state=State.DEAD, finished_at=at, error=error)
    return _settle(claim, state=State.WAITING, run_at=at + wait_after(claim.attempt), error=error)


def wait_after(attempt: int) -> timedelta:
    """How long to wait after the failure of this attempt (1 is the first): 10 s, 40 s, 160 s … at most 6 hours.

    A fifth more or less by chance, so that jobs that failed together do not come back together.
    """
    seconds = min(FIRST_WAIT * 4.0 ** min(attempt - 1, 10), LONGEST_WAIT)
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 (chance, not secrecy)


def _settle(claim: Claim, **changes: Any) -> bool:
    return bool(
        Job.objects.filter(
            pk=claim.job_id, state=State.RUNNING, lease_holder=claim.holder, attempts=claim.attempt
        ).update(lease_holder="", leased_until=None, **changes)
    )


def _storable(error: str) -> str:
    """Keep the end of an error, where its reason stands, without what a database refuses in text."""
    return error[-ERROR_LENGTH:].replace("\0", "").encode("utf-8", "replace").decode()


def release(*, holders: Collection[str]) -> int:
    """Give back what these holders run, as if it had not been tried: the worker stops before the job is done."""
    return Job.objects.filter(state=State.RUNNING, lease_holder__in=holders).update(
        state=State.WAITING, lease_holder="", leased_until=None, attempts=F("attempts") - 1
    )


def free_expired(*, at: datetime) -> int:
    """Let jobs whose worker has died run again, or call them dead when that was their last attempt."""
    with connection.cursor() as cursor:
        # Asked before anything is written: on SQLite even an update that finds nothing keeps writers waiting.
        cursor.execute(EXPIRED, [connection.ops.adapt_datetimefield_value(at)])
        expired = [row[0] for row in cursor.fetchall()]
    if not expired:
        return 0
    lost = Job.objects.filter(pk__in=expired, state=State.RUNNING, leased_until__lt=at)
    error = "The worker that ran it died."
    dead = lost.filter(attempts__gte=F("max_attempts")).update(
        state=State.DEAD, lease_holder="", leased_until=None, finished_at=at, error=error
    )
    return dead + lost.update(state=State.WAITING, lease_holder="", leased_until=None, run_at=at, error=error)


def sweep(*, at: datetime) -> int:
    """Remove what was done more than a week ago, a thousand rows at a time. Dead jobs stay until somebody decides."""
    removed = 0
    old = Job.objects.filter(state=State.DONE, finished_at__lt=at - KEPT).order_by("pk").values_list("pk", flat=True)
    while True:
        batch = list(old[:1000])
        if not batch:
            return removed
        removed += Job.objects.filter(pk__in=batch, state=State.DONE).delete()[0]


def retry(*, job_ids: Collection[int], at: datetime) -> int:
    """Run jobs at once and with all their attempts before them: dead ones again, waiting ones without the wait."""
    return Job.objects.filter(pk__in=job_ids, state__in=[State.DEAD, State.WAITING]).update(
        state=State.WAITING, run_at=at, attempts=0, finished_at=None
    )


def cancel(*, job_ids: Collection[int], at: datetime) -> int:
    """Give up jobs that wait; what runs is not stopped."""
    return Job.objects.filter(Q(state=State.WAITING), pk__in=job_ids).update(
        state=State.DEAD, finished_at=at, error="Cancelled by hand."
    )
