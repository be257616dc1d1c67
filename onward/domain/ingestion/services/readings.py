"""Writing readings: who reads a source, and how that ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.ingestion.choices import OPEN_READINGS, ReadingState, RunState
from onward.domain.ingestion.models import Reading, Run, Source
from onward.domain.ingestion.services import freshness, runs, sources
from onward.platform.jobs.answers import ended
from onward.platform.record import locked

OVERTAKEN = "The program was ended again and again while it read this source."


class Overtaken(Exception):
    """Somebody else reads this by now, or nobody shall any more: the run was cancelled, or the reading has ended."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A reading that somebody has begun. Its number tells them from who began before and may still be about.

    :ivar at: when it was begun for the first time
    """

    reading_id: int
    attempt: int
    run: Run
    source: Source
    at: datetime


@transaction.atomic
def begin(*, reading_id: int, job_id: int | None, at: datetime) -> Begun | None:
    """Begin a reading, or begin it again after whoever did so has died.

    :param job_id: who reads; one that was begun by a job is begun again by the same job only
    :returns: nothing when there is nothing to do, or when the source is being read in another run: this one is asked
        for again when that has ended
    """
    found = Reading.objects.filter(pk=reading_id).select_related("source", "run").first()
    if found is None:
        return None
    source, run, reading = locked(found.source), locked(found.run), locked(found)
    if reading.state not in OPEN_READINGS:
        return None
    if run.state == RunState.CANCELLING:
        _end(run, reading, state=ReadingState.CANCELLED, at=at)
        return None
    if reading.job_id != job_id if reading.state == ReadingState.RUNNING else _is_being_read(source):
        return None
    if not source.is_enabled:
        _end(run, reading, state=ReadingState.SKIPPED, at=at, error="This source was switched off.")
        return None
    if run.state == RunState.QUEUED:
        run.state, run.started_at = RunState.RUNNING, at
        run.save(update_fields=["state", "started_at"])
    reading.state, reading.started_at = ReadingState.RUNNING, reading.started_at or at
    reading.attempts, reading.job_id = reading.attempts + 1, job_id
    reading.save(update_fields=["state", "started_at", "attempts", "job_id"])
    return Begun(reading.pk, reading.attempts, run, source, reading.started_at)


def _is_being_read(source: Source) -> bool:
    return Reading.objects.filter(source=source, state=ReadingState.RUNNING).exists()


def lock_reading(begun: Begun) -> Reading:
    """Lock the run and the reading of whoever wants to write something of it.

    :raises Overtaken: when they may not any more
    """
    run = locked(begun.run)
    reading = Reading.objects.select_for_update(of=("self",), no_key=True).get(pk=begun.reading_id)
    if run.state != RunState.RUNNING or not _is_theirs(reading, begun):
        raise Overtaken
    return reading


def _is_theirs(reading: Reading, begun: Begun) -> bool:
    return reading.state == ReadingState.RUNNING and reading.attempts == begun.attempt


@transaction.atomic
def complete(
    *, begun: Begun, etags: Mapping[str, Any], is_unchanged: bool, hides_some: bool = False, at: datetime
) -> None:
    """End a reading that has taken in all that its source told, and judge those that it did not tell of.

    :param etags: what tells the source which answers were taken in
    :param hides_some: whether those may be among what could not be read: then nobody knows
    :raises Overtaken: when it was cancelled, or somebody else reads it
    """
    source = locked(begun.source)
    reading = lock_reading(begun)
    reading.is_unchanged = is_unchanged
    reading.save(update_fields=["is_unchanged"])
    if not hides_some:
        freshness.judge_unseen(source=source, reading=reading, at=at)
    sources.note_success(source, found=reading.found, new=reading.saved, etags=etags, at=at)
    _end(locked(begun.run), reading, state=ReadingState.COMPLETED, at=at)


@transaction.atomic
def fail(*, begun: Begun, reason: str, at: datetime) -> None:
    """End a reading that came to nothing, or to a part: what was saved stays, and nobody is judged by it.

    :raises Overtaken: when it was cancelled, or somebody else reads it
    """
    source = locked(begun.source)
    reading = lock_reading(begun)
    sources.note_failure(source, reason=reason, at=at)
    _end(locked(begun.run), reading, state=ReadingState.FAILED, at=at, error=reason)


@transaction.atomic
def skip(*, begun: Begun, reason: str, at: datetime) -> None:
    """End a reading whose source was not asked, which is nobody's failure.

    :raises Overtaken: when it was cancelled, or somebody else reads it
    """
    locked(begun.source)
    reading = lock_reading(begun)
    _end(locked(begun.run), reading, state=ReadingState.SKIPPED, at=at, error=reason)


@transaction.atomic
def stop(*, begun: Begun, at: datetime) -> None:
    """Say that nobody reads it any more, where its run was cancelled. Where it was not, somebody else goes on."""
    locked(begun.source)
    run = locked(begun.run)
    reading = locked(Reading(pk=begun.reading_id))
    if run.state == RunState.CANCELLING and _is_theirs(reading, begun):
        _end(run, reading, state=ReadingState.CANCELLED, at=at)


def tend(*, at: datetime) -> int:
    """Look after readings that nobody looks after: their job has ended, and they have not; returns how many."""
    open_ = Reading.objects.filter(state__in=OPEN_READINGS).order_by("pk")
    found = dict(open_.values_list("pk", "job_id"))
    alone = ended([job_id or 0 for job_id in found.values()])
    return sum(_tend(reading_id, at) for reading_id, job_id in found.items() if (job_id or 0) in alone)


@transaction.atomic
def _tend(reading_id: int, at: datetime) -> bool:
    found = Reading.objects.select_related("source", "run").get(pk=reading_id)
    source, run, reading = locked(found.source), locked(found.run), locked(found)
    if reading.state not in OPEN_READINGS or reading.job_id != found.job_id:
        return False
    if run.state == RunState.CANCELLING:
        _end(run, reading, state=ReadingState.CANCELLED, at=at)
    elif reading.state == ReadingState.RUNNING:
        sources.note_failure(source, reason=OVERTAKEN, at=at)
        _end(run, reading, state=ReadingState.FAILED, at=at, error=OVERTAKEN)
    elif _is_being_read(source):
        return False
    else:
        runs.ask_to_read(reading)
    return True


def _end(run: Run, reading: Reading, *, state: ReadingState, at: datetime, error: str = "") -> None:
    runs.end(reading, state=state, at=at, error=error)
    runs.settle(run, at=at)
