"""Writing runs: asking for one, cancelling it, and noticing that it is over."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from onward.domain.ingestion.choices import OPEN_READINGS, OPEN_RUNS, Mode, ReadingState, RunState
from onward.domain.ingestion.events import RunEnded, RunStarted
from onward.domain.ingestion.models import Reading, Run, Source
from onward.domain.ingestion.services.sources import kept, take_over
from onward.platform import jobs
from onward.platform.events import publish
from onward.platform.jobs import enqueue, queries
from onward.platform.record import locked
from onward.platform.refusals import Conflict, Invalid


@transaction.atomic
def start(
    *,
    at: datetime,
    asked_by_id: int | None = None,
    mode: Mode = Mode.DEFAULT,
    makes_leads: bool = True,
    sources: Sequence[str] = (),
    internship_types: Sequence[str] = (),
    locations: Sequence[str] = (),
    threshold: int = 0,
) -> Run:
    """Ask for sources to be read, each by a job of its own.

    :param sources: by name; empty: all that are enabled. One that is named is asked also when it has failed of late
    :param makes_leads: whether internships become leads of the desk
    :param internship_types: of what becomes a lead; empty: all
    :param locations: of what becomes a lead: cities, regions, countries, Remote; empty: all
    :param threshold: the least score of what becomes a lead
    :raises Invalid: when a source is named that is not there or not enabled
    """
    # A server that has just begun has not looked by itself as yet.
    take_over(at=at)
    chosen = named(sources)
    run = Run.objects.create(
        mode=mode,
        makes_leads=makes_leads,
        internship_types=list(internship_types),
        locations=list(locations),
        threshold=threshold,
        asked_by_id=asked_by_id,
        created_at=at,
        updated_at=at,
    )
    readings = [Reading(run=run, source=source, expected=source.last_found) for source in chosen]
    if not sources:
        readings = [_left_alone(reading, reading.source, at) for reading in readings]
    Reading.objects.bulk_create(readings)
    for reading in run.readings.filter(state=ReadingState.QUEUED).order_by("pk"):
        ask_to_read(reading)
    publish(
        RunStarted(
            owner_id=asked_by_id, at=at, run_id=run.pk, run=run.uid, sources=tuple(source.name for source in chosen)
        )
    )
    # With nobody to ask it is over.
    settle(run, at=at)
    return run


def named(names: Sequence[str]) -> list[Source]:
    """Return the enabled sources of these names; all, where none is named.

    :raises Invalid: naming ``sources``, when one is not there or not enabled
    """
    enabled = {source.name: source for source in Source.objects.filter(is_enabled=True).order_by("name")}
    if not names:
        return list(enabled.values())
    if unknown := [name for name in dict.fromkeys(names) if name not in enabled]:
        there = set(Source.objects.filter(name__in=unknown).values_list("name", flat=True))
        raise Invalid(
            fields={
                "sources": [
                    f'The source "{name}" is not enabled.' if name in there else f'There is no source "{name}".'
                    for name in unknown
                ]
            }
        )
    return [enabled[name] for name in dict.fromkeys(names)]


def _left_alone(reading: Reading, source: Source, at: datetime) -> Reading:
    """Skip a reading whose source has failed too often of late."""
    if source.resting_until and source.resting_until > at:
        reading.state, reading.finished_at = ReadingState.SKIPPED, at
        until, times = f"{source.resting_until:%Y-%m-%d %H:%M} UTC", f"{source.failures} times in a row"
        reading.error = kept(f"Not asked before {until}: it failed {times}, the last time so: {source.failure}")
    return reading


def ask_to_read(reading: Reading) -> None:
    """Have a reading read when the transaction has ended."""
    reading.job_id = enqueue("ingestion.read", key=reading.pk, reading_id=reading.pk)
    reading.save(update_fields=["job_id"])


@transaction.atomic
def cancel(*, run: Run, at: datetime) -> Run:
    """Cancel a run: what was saved stays, and nothing more is saved from now on.

    It is over when nobody waits for an answer any more. Repeating it changes nothing.

    :raises Conflict: when it is over already
    """
    run = locked(run)
    if run.state not in OPEN_RUNS:
        raise Conflict(f"This run is over: it is {run.state}.")
    if run.state == RunState.CANCELLING:
        return run
    run.state, run.updated_at = RunState.CANCELLING, at
    run.save(update_fields=["state", "updated_at"])
    run.readings.filter(state=ReadingState.QUEUED).update(state=ReadingState.CANCELLED, finished_at=at)
    running = list(run.readings.filter(state=ReadingState.RUNNING))
    # Who reads hears of it where they wait, and says when they have stopped.
    jobs.cancel(*(reading.job_id for reading in running if reading.job_id), at=at)
    busy = queries.running(reading.job_id for reading in running)
    for reading in running:
        if reading.job_id not in busy:
            end(reading, state=ReadingState.CANCELLED, at=at)
    settle(run, at=at)
    return run


def end(reading: Reading, *, state: ReadingState, at: datetime, error: str = "") -> None:
    """End a reading, and have the next one of its source begin. :param reading: locked, or nobody's"""
    reading.state, reading.finished_at, reading.error = state, at, kept(error)
    reading.save(update_fields=["state", "finished_at", "error"])
    waiting = Reading.objects.filter(source_id=reading.source_id, state=ReadingState.QUEUED).order_by("pk").first()
    if waiting:
        ask_to_read(waiting)


def settle(run: Run, *, at: datetime) -> None:
    """Notice that a run is over, when none of its sources is still to be read. :param run: locked"""
    states = set(run.readings.values_list("state", flat=True))
    if run.state not in OPEN_RUNS or states & set(OPEN_READINGS):
        return
    if run.state == RunState.CANCELLING:
        run.state = RunState.CANCELLED
    elif states and ReadingState.COMPLETED not in states:
        run.state = RunState.FAILED
    else:
        run.state = RunState.COMPLETED
    run.finished_at = run.updated_at = at
    run.save(update_fields=["state", "finished_at", "updated_at"])
    publish(
        RunEnded(
            owner_id=run.asked_by_id,
            at=at,
            run_id=run.pk,
            run=run.uid,
            state=run.state,
            found=run.found,
            saved=run.saved,
            leads=run.leads,
        )
    )


def count(run_id: int, reading_id: int, **more: int) -> None:
    """Add to the counts of a reading and its run: what was read, or what has become of it.

    For those who react to what was read, such as ``leads`` and ``filtered``.
    """
    added = {name: F(name) + number for name, number in more.items() if number}
    if added:
        Run.objects.filter(pk=run_id).update(**added)
        Reading.objects.filter(pk=reading_id).update(**added)
