"""Everything that is written about jobs.

Each step is a conditional update that is counted: of several workers that try the same step on the same row, the
database lets exactly one through.
"""

import json
import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from onward.platform.jobs import broker
from onward.platform.jobs.models import Job, State, Tally
from onward.platform.jobs.registry import HEAVY, LONGEST_LIMIT, Kind, UnknownKind, find
from onward.platform.record.append import append

KEPT = timedelta(days=7)
ERROR_LENGTH = 8000
MESSAGE_LENGTH = 200
LOST = "The worker that ran it died, or it took longer than it may."
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
    queue: str
    # Whether it is an occurrence of a periodic job.
    occurs: bool


def enqueue(
    name: str,
    /,
    *,
    key: object = "",
    run_at: datetime | None = None,
    account: int = 0,
    awaited_until: datetime | None = None,
    **payload: Any,
) -> int:
    """Ask for a job by its name, in the caller's transaction: if that fails, nobody ever asked.

    With a key the job is unique while it waits: when one of this name and key waits already and will run by `run_at`,
    it does for both, and it does not begin before this transaction has ended. Nobody waits for that: two transactions
    that ask at the same moment, neither of which sees what the other has written, make one each.

    :param name: the app and the function in its ``tasks.py``: ``webhooks.send``
    :param key: what the job works on, such as an id; for jobs that do whatever is due when they run
    :param run_at: not before this moment; None: as soon as the transaction has ended
    :param account: whose turn it takes, when it is heavy; 0: the server's own
    :param awaited_until: until when somebody waits for its answer (:mod:`onward.platform.jobs.answers`)
    :param payload: the job's arguments; text, numbers, and lists and dicts of them
    :returns: the id of the row
    :raises UnknownKind: when no ``tasks.py`` declares a job of this name
    :raises TypeError: when the arguments are not the job's or JSON does not know them
    """
    kind = find(name)
    kind.check(payload)
    now = timezone.now()
    key = str(key)
    if key and (waiting := _waiting(name, key, by=run_at or now)):
        return waiting
    announced = settings.WORKER == "celery" and (run_at is None or run_at <= now)
    job_id: int = append(
        Job,
        kind=kind.name,
        queue=kind.queue,
        payload=payload,
        key=key,
        account=account,
        awaited_until=awaited_until,
        run_at=run_at or now,
        max_attempts=kind.max_attempts,
        created_at=now,
        announced_at=now if announced else None,
    )
    if announced:
        # If this fails the row waits until the sweep finds it: the change itself never fails for it.
        transaction.on_commit(partial(broker.announce, job_id, kind.queue, kind.time_limit), robust=True)
    return job_id


# The states and the empty key stand in the texts below, not among the parameters: SQLite uses a partial index only when
# it sees that the query asks for the index's own condition.
WAITING = """
    SELECT id FROM jobs_job WHERE state = 'waiting' AND "key" > '' AND kind = {} AND "key" = {} AND run_at <= {}
    ORDER BY id LIMIT 1
"""


def _waiting(kind: str, key: str, *, by: datetime) -> int | None:
    """Return the id of a job that waits to be run by this moment, and keep it waiting until the transaction ends.

    Held in a mode that others who ask may share. One that is being claimed just now is passed over: what this
    transaction has written it might not see.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]
    place = "?" if database.vendor == "sqlite" else "%s"
    sql = WAITING.format(place, place, place)
    if database.features.has_select_for_update_skip_locked:
        sql += "FOR SHARE SKIP LOCKED"
    rows = database.run_directly(sql, [kind, key, str(database.ops.adapt_datetimefield_value(by))])
    return rows[0][0] if rows else None


def plan(kinds: Iterable[Kind[Any]], *, at: datetime) -> int:
    """Make the next occurrence of each periodic job that has none ahead of it; returns how many were made.

    One that is overdue stands for all that were missed, so no other is made beside it. Two that plan at the same
    moment make the same row, and the database keeps one.
    """
    planned = set(Job.objects.filter(PLANNED).values_list("kind", flat=True))
    rows = []
    for kind in kinds:
        if kind.schedule and kind.name not in planned:
            moment = kind.schedule.after(at)
            rows.append(
                Job(
                    kind=kind.name,
                    queue=kind.queue,
                    run_at=moment,
                    occurrence=moment,
                    max_attempts=kind.max_attempts,
                    created_at=at,
                )
            )
    if rows:
        Job.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


# An occurrence that failed and waits to be tried again does not hold up the next one.
PLANNED = Q(state=State.WAITING, occurrence__isnull=False, attempts=0)


# Which light job has been due for longest; `{}` is where a choice of queues stands.
DUE = """
    SELECT id FROM jobs_job WHERE state = 'waiting' AND run_at <= %s AND queue <> 'heavy'{} ORDER BY run_at, id LIMIT 1
"""
# Whose turn it is: of the accounts that have fewer than two under way, the one with the fewest, and of those the one
# whose last turn was longest ago.
TURN = """
    SELECT j.id FROM jobs_job j
    WHERE j.state = 'waiting' AND j.run_at <= %s AND j.queue = 'heavy' AND (
        SELECT count(*) FROM jobs_job r WHERE r.state = 'running' AND r.queue = 'heavy' AND r.account = j.account
    ) < 2
    ORDER BY (
        SELECT count(*) FROM jobs_job r WHERE r.state = 'running' AND r.queue = 'heavy' AND r.account = j.account
    ), (
        SELECT coalesce(max(l.started_at), '0001-01-01 00:00:00') FROM jobs_job l
        WHERE l.queue = 'heavy' AND l.account = j.account
    ), j.run_at, j.id LIMIT 1
"""
# Any number, the same in every worker.
TURNS = 7_206_411_059
TAKE = """
    UPDATE jobs_job SET state = 'running', lease_holder = %s, leased_until = %s, attempts = attempts + 1,
        started_at = %s, progress = 0, message = ''
    WHERE id = ({}) AND state = 'waiting'
    RETURNING id, kind, payload, attempts, max_attempts, queue, occurrence
"""
EXPIRED = "SELECT id FROM jobs_job WHERE state = 'running' AND leased_until < %s LIMIT 1000"


def claim(*, holder: str, at: datetime, lease: timedelta, queues: Sequence[str] = ()) -> Claim | None:
    """Take the light job that has been due for longest and that nobody else takes.

    :param holder: who takes it; a name that no other attempt has
    :param lease: how long it is the holder's without a renewal
    :param queues: look at these only; empty: at all
    """
    now = connection.ops.adapt_datetimefield_value(at)
    among = f" AND queue IN ({', '.join(['%s'] * len(queues))})" if queues else ""
    due = DUE.format(among)
    with connection.cursor() as cursor:
        if not _any_due(cursor, due, [now, *queues]):
            return None
        if connection.features.has_select_for_update_skip_locked:
            # Neither for what another worker takes nor for what somebody who asks keeps waiting does this one wait.
            due += " FOR NO KEY UPDATE SKIP LOCKED"
        until = connection.ops.adapt_datetimefield_value(at + lease)
        cursor.execute(TAKE.format(due), [holder, until, now, now, *queues])
        taken = cursor.fetchall()
    return _claim_of(taken[0], holder) if taken else None


def claim_heavy(*, holder: str, at: datetime, lease: timedelta) -> Claim | None:
    """Take the heavy job whose account's turn it is; never a third one of an account.

    :param holder: who takes it; a name that no other attempt has
    :param lease: how long it is the holder's without a renewal
    """
    now = connection.ops.adapt_datetimefield_value(at)
    until = connection.ops.adapt_datetimefield_value(at + lease)
    with connection.cursor() as cursor:
        if not _any_due(cursor, TURN, [now]):
            return None
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One worker at a time: each sees what the one before it has taken. SQLite lets one write at a time anyhow.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURNS])
        cursor.execute(TAKE.format(TURN), [holder, until, now, now])
        taken = cursor.fetchall()
    return _claim_of(taken[0], holder) if taken else None


def _any_due(cursor: Any, due: str, parameters: list[Any]) -> bool:
    # Asked before anything is written: on SQLite even an update that finds nothing keeps writers waiting.
    cursor.execute(due, parameters)
    return cursor.fetchone() is not None


def claim_one(job_id: int, *, holder: str, at: datetime, lease: timedelta) -> Claim | None:
    """Take this job, if it is due and nobody else has taken it."""
    now = connection.ops.adapt_datetimefield_value(at)
    until = connection.ops.adapt_datetimefield_value(at + lease)
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE.format("SELECT id FROM jobs_job WHERE id = %s AND run_at <= %s"), [holder, until, now, job_id, now]
        )
        taken = cursor.fetchall()
    return _claim_of(taken[0], holder) if taken else None


def _claim_of(row: tuple[Any, ...], holder: str) -> Claim:
    job_id, kind, payload, attempt, max_attempts, queue, occurrence = row
    arguments = json.loads(payload) if isinstance(payload, str) else payload
    return Claim(job_id, kind, arguments, attempt, max_attempts, holder, queue, occurrence is not None)


def renew(*, holders: Collection[str], at: datetime, lease: timedelta) -> int:
    """Keep what these holders run theirs for another while; returns how many jobs that are."""
    return Job.objects.filter(state=State.RUNNING, lease_holder__in=holders).update(leased_until=at + lease)


def finish(claim: Claim, *, at: datetime) -> bool:
    """Record that a job is done; False when it was no longer the holder's."""
    return _settle(claim, state=State.DONE, finished_at=at, error="", progress=100)


def fail(claim: Claim, *, error: str, at: datetime) -> bool:
    """Record that an attempt failed: the job waits for the next one, or is dead after the last.

    One that was cancelled meanwhile is not tried again.

    :returns: False when it was no longer the holder's
    """
    error = _storable(error)
    if claim.attempt >= claim.max_attempts:
        return _settle(claim, state=_unless_cancelled(State.DEAD), finished_at=at, error=error)
    return _settle(
        claim,
        state=_unless_cancelled(State.WAITING),
        finished_at=Case(When(cancel_requested_at__isnull=False, then=Value(at)), default=None),
        run_at=at + wait_after(claim.attempt),
        error=error,
    )


def leave_off(claim: Claim, *, at: datetime) -> bool:
    """Record that a job stopped because it was cancelled; False when it was no longer the holder's."""
    return _settle(
        claim, state=State.CANCELLED, finished_at=at, cancel_requested_at=Coalesce("cancel_requested_at", at)
    )


def _unless_cancelled(state: State) -> Case:
    return Case(When(cancel_requested_at__isnull=False, then=Value(State.CANCELLED)), default=Value(state))


def note_progress(claim: Claim, *, percent: int, message: str) -> None:
    """Write down how far a job is, for those who read its row."""
    _held_by(claim).update(progress=max(0, min(percent, 100)), message=_storable(message[:MESSAGE_LENGTH]))


def note_answer(claim: Claim, *, answer: dict[str, Any]) -> None:
    """Write down what a job has to say to whoever waits for it."""
    _held_by(claim).update(answer=answer)


def forget_answers(jobs: QuerySet[Job]) -> int:
    """Empty the rows of jobs that were waited for, of what was asked and answered; returns how many."""
    return jobs.filter(awaited_until__isnull=False).update(answer=None, payload={})


def is_wanted(claim: Claim) -> bool:
    """Whether a job that runs is still wanted: nobody has cancelled it, or taken it over for dead."""
    return _held_by(claim).filter(cancel_requested_at=None).exists()


def wait_after(attempt: int) -> timedelta:
    """How long to wait after the failure of this attempt (1 is the first): 10 s, 40 s, 160 s … at most 6 hours.

    A fifth more or less by chance, so that jobs that failed together do not come back together.
    """
    seconds = min(FIRST_WAIT * 4.0 ** min(attempt - 1, 10), LONGEST_WAIT)
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 (chance, not secrecy)


def _settle(claim: Claim, **changes: Any) -> bool:
    return bool(_held_by(claim).update(lease_holder="", leased_until=None, **changes))


def _held_by(claim: Claim) -> QuerySet[Job]:
    return Job.objects.filter(pk=claim.job_id, state=State.RUNNING, lease_holder=claim.holder, attempts=claim.attempt)


def _storable(error: str) -> str:
    """Keep the end of an error, where its reason stands, without what a database refuses in text."""
    return error[-ERROR_LENGTH:].replace("\0", "").encode("utf-8", "replace").decode()


def release(*, holders: Collection[str]) -> int:
    """Release what these holders run, as if it had not been tried: the worker stops before the job is done."""
    return Job.objects.filter(state=State.RUNNING, lease_holder__in=holders).update(
        state=_unless_cancelled(State.WAITING), lease_holder="", leased_until=None, attempts=F("attempts") - 1
    )


def free_expired(*, at: datetime) -> int:
    """Release the jobs whose worker has died, or mark them dead when that was their last attempt."""
    with connection.cursor() as cursor:
        # Asked before anything is written: on SQLite even an update that finds nothing keeps writers waiting.
        cursor.execute(EXPIRED, [connection.ops.adapt_datetimefield_value(at)])
        expired = [row[0] for row in cursor.fetchall()]
    if not expired:
        return 0
    lost = Job.objects.filter(pk__in=expired, state=State.RUNNING, leased_until__lt=at)
    over = {"lease_holder": "", "leased_until": None, "error": LOST}
    cancelled = lost.exclude(cancel_requested_at=None).update(state=State.CANCELLED, finished_at=at, **over)
    dead = lost.filter(attempts__gte=F("max_attempts")).update(state=State.DEAD, finished_at=at, **over)
    return cancelled + dead + lost.update(state=State.WAITING, run_at=at, **over)


def announce_due(*, at: datetime, again_after: timedelta, most: int) -> int:
    """Send messages for due jobs that no worker was told of lately: the broker was away, or their time has just come.

    :returns: how many were sent
    """
    late = Q(announced_at=None) | Q(announced_at__lt=at - again_after)
    due = Job.objects.filter(late, state=State.WAITING, run_at__lte=at).order_by("run_at", "id")
    sent = []
    for job_id, name, queue in due.values_list("pk", "kind", "queue")[:most]:
        if not broker.announce(job_id, queue, _time_limit(name)):
            break
        sent.append(job_id)
    if sent:
        Job.objects.filter(pk__in=sent).update(announced_at=at)
    return len(sent)


def _time_limit(name: str) -> float:
    try:
        return find(name).time_limit
    except UnknownKind:
        return LONGEST_LIMIT


def announce_heavy(*, at: datetime) -> None:
    """Send a message for the heavy job whose turn it is, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(TURN, [connection.ops.adapt_datetimefield_value(at)])
        row = cursor.fetchone()
    if row is not None:
        name = Job.objects.filter(pk=row[0]).values_list("kind", flat=True).first() or ""
        broker.announce(row[0], HEAVY, _time_limit(name))


# What a state's rows are swept from; dead jobs stay until somebody decides.
SWEPT = (State.DONE, State.CANCELLED)


def sweep(*, at: datetime) -> int:
    """Remove what was done or cancelled more than a week ago, a thousand rows at a time, and keep its numbers."""
    removed = 0
    old = Job.objects.filter(state__in=SWEPT, finished_at__lt=at - KEPT).order_by("pk").values_list("pk", flat=True)
    while batch := list(old[:1000]):
        with transaction.atomic():
            # Held, so that two that sweep at the same moment do not both count a row.
            rows = Job.objects.filter(pk__in=batch, state__in=SWEPT)
            held = rows.filter(pk__in=list(rows.select_for_update().order_by("pk").values_list("pk", flat=True)))
            _tally(held)
            removed += held.delete()[0]
    return removed


def forget_account(*, account: int, email: str, but: str) -> int:
    """Empty the jobs that were about an account of what they say of it; what waits of them is cancelled.

    Those that run are left to themselves.

    :param but: a kind whose jobs say nothing, and stay
    :returns: how many there were
    """
    theirs = Q(account=account) | Q(payload__email=email)
    for name in ("user_id", "owner_id"):
        theirs |= Q(**{f"payload__{name}": account})
    there = Job.objects.filter(theirs).exclude(state=State.RUNNING).exclude(kind=but)
    there.filter(state=State.WAITING).update(state=State.CANCELLED, finished_at=timezone.now())
    return there.update(account=0, payload={}, answer=None, error="", message="")


def _tally(rows: QuerySet[Job]) -> None:
    seconds = Sum(F("finished_at") - F("started_at"))
    for found in rows.values("kind", "state").annotate(jobs=Count("pk"), time=seconds).order_by():
        spent = found["time"].total_seconds() if found["time"] else 0.0
        Tally.objects.bulk_create([Tally(kind=found["kind"], state=found["state"])], ignore_conflicts=True)
        Tally.objects.filter(kind=found["kind"], state=found["state"]).update(
            jobs=F("jobs") + found["jobs"], seconds=F("seconds") + spent
        )


def retry(*, job_ids: Collection[int], at: datetime) -> int:
    """Run jobs at once and with all their attempts before them: dead ones again, waiting ones without the wait."""
    again = [State.DEAD, State.CANCELLED, State.WAITING]
    return Job.objects.filter(pk__in=job_ids, state__in=again).update(
        state=State.WAITING, run_at=at, attempts=0, finished_at=None, cancel_requested_at=None, announced_at=None
    )


def cancel(*job_ids: int, at: datetime | None = None) -> int:
    """Cancel jobs: one that waits never runs, one that runs is told to stop and sees it within a second.

    :param at: now, unless told otherwise
    :returns: how many waited or ran
    """
    at = at or timezone.now()
    waiting = When(state=State.WAITING, then=Value(State.CANCELLED))
    # One statement: between two the job could begin, or be given back.
    return Job.objects.filter(pk__in=job_ids, state__in=[State.WAITING, State.RUNNING]).update(
        cancel_requested_at=Coalesce("cancel_requested_at", Value(at)),
        finished_at=Case(When(state=State.WAITING, then=Value(at)), default=F("finished_at")),
        state=Case(waiting, default=F("state")),
    )
