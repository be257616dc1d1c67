"""Reading sources, runs and what came of them. Whoever may see them at all sees all of them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    Avg,
    Case,
    CharField,
    Count,
    DateTimeField,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Least

from onward.domain.ingestion.choices import ENDED_READINGS, OPEN_READINGS, OPEN_RUNS, Health, Mode, ReadingState
from onward.domain.ingestion.judgement.freshness import RECENT
from onward.domain.ingestion.models import Reading, Run, Sighting, Source
from onward.platform.refusals import Missing
from onward.platform.wire import UID, Param

# Percent. Of a reading that runs it is told by how many are usually found there; nobody knows how many there are.
_OF_USUAL = Least(F("found") * 100 / F("expected"), Value(99))
READING_PROGRESS = Case(
    When(state=ReadingState.QUEUED, then=Value(0)),
    When(~Q(state=ReadingState.RUNNING), then=Value(100)),
    When(expected__gt=0, then=_OF_USUAL),
    default=Value(0),
    output_field=IntegerField(),
)


NOW = Param("now", DateTimeField())


def health(*, now: Any = NOW) -> Case:
    """Return how a source is. :param now: where it is not a statement that takes it"""
    return Case(
        When(is_enabled=False, then=Value(Health.OFF.value)),
        When(failures__gt=0, resting_until__gt=now, then=Value(Health.RESTING.value)),
        When(failures__gt=0, then=Value(Health.FAILING.value)),
        When(last_success_at__isnull=False, then=Value(Health.WELL.value)),
        default=Value(Health.NEVER_READ.value),
        output_field=CharField(),
    )


def named() -> QuerySet[Source]:
    """Return the sources that somebody names today: the operator's file, this program or an admin."""
    return Source.objects.filter(left_at=None)


def enabled() -> QuerySet[Source]:
    """Return the sources that are asked."""
    return named().filter(is_enabled=True)


def sources() -> QuerySet[Source]:
    """Return the sources that somebody names today, each with its ``health``; the statement takes ``now``."""
    return named().annotate(health=health())


def source(*, pk: int) -> Source:
    """Return a source that somebody names today.

    :raises Missing: when there is none of that number
    """
    found = named().filter(pk=pk).first()
    if found is None:
        raise Missing()
    return found


def runs() -> QuerySet[Run]:
    """Return all runs, each with its `progress` in percent, which only ever grows."""
    readings = Reading.objects.filter(run=OuterRef("pk")).values("run")
    average = Subquery(readings.annotate(average=Avg(READING_PROGRESS)).values("average"))
    return Run.objects.annotate(progress=Coalesce(Cast(average, IntegerField()), Value(100)))


def followed() -> QuerySet[Run]:
    """Return one run with its `progress`; the statement takes ``uid``."""
    return runs().filter(uid=UID)


def read_in_runs() -> QuerySet[Reading]:
    """Return the sources of runs, by name, each with its `progress`."""
    return Reading.objects.annotate(progress=READING_PROGRESS).order_by("source__name")


def run(uid: UUID) -> Any:
    """Return a run, a :class:`Run` with its `progress`.

    :raises Missing: when there is none of that id
    """
    found = runs().filter(uid=uid).first()
    if found is None:
        raise Missing()
    return found


def readings(run: Run) -> list[Any]:
    """Return the sources of a run, by name, each reading with its `progress`."""
    return list(read_in_runs().filter(run=run).select_related("source"))


def is_usual_run_open() -> bool:
    """Whether all sources are being read just now."""
    return Run.objects.filter(state__in=OPEN_RUNS, mode=Mode.DEFAULT).exists()


def last_readings() -> dict[int, Reading]:
    """Return the last reading of each source that has come to an end, by the number of the source."""
    ended = Reading.objects.filter(state__in=ENDED_READINGS)
    last = ended.filter(source=OuterRef("source")).order_by("-pk").values("pk")[:1]
    return {reading.source_id: reading for reading in ended.filter(pk=Subquery(last))}


def is_any_run_open() -> bool:
    """Whether sources are being read just now."""
    return Run.objects.filter(state__in=OPEN_RUNS).exists()


def waiting() -> int:
    """Count the sources that are still to be read."""
    return Reading.objects.filter(state=ReadingState.QUEUED).count()


def listed(source: Source) -> QuerySet[Sighting]:
    """Return what a source listed when it was last read to its end."""
    last = Reading.objects.filter(source=source, state=ReadingState.COMPLETED).order_by("-pk").first()
    there = Sighting.objects.filter(source=source, missed=0)
    return there.filter(last_seen_at__gte=last.started_at) if last else there


def content_keys(source: Source, external_ids: Collection[str]) -> dict[str, str]:
    """Return what stands for all that a source said last of some postings, by its ids for them."""
    rows = Sighting.objects.filter(source=source, external_id__in=external_ids)
    return dict(rows.values_list("external_id", "content_key"))


def numbers(source: Source) -> list[int]:
    """Return how many postings the last readings of a source that came to their end have brought, the latest last."""
    ended = Reading.objects.filter(source=source, state=ReadingState.COMPLETED).order_by("-pk")
    brought = ended.annotate(brought=F("saved") + F("duplicates")).values_list("brought", flat=True)
    return list(reversed(brought[:RECENT]))


def totals() -> list[dict[str, Any]]:
    """Add up what was read since the beginning, by source."""
    sums = {name: Coalesce(Sum(name), 0) for name in ("found", "saved", "duplicates", "rejected", "leads")}
    ends = {state.value: Count("pk", filter=Q(state=state)) for state in ReadingState if state not in OPEN_READINGS}
    return list(
        Reading.objects.values("source__name", "source__kind").annotate(**sums, **ends).order_by("source__name")
    )


@dataclass(frozen=True, kw_only=True)
class Total:
    """What all runs ever have brought."""

    sessions: int
    found: int
    saved: int
    leads: int


def total() -> Total:
    """Return what all runs ever have brought."""
    sums = {name: Coalesce(Sum(name), Value(0)) for name in ("found", "saved", "leads")}
    return Total(**Run.objects.aggregate(sessions=Count("pk"), **sums))


def brought() -> QuerySet[Any, Any]:
    """Return what all runs have brought, by the source's ``name`` and ``kind``."""
    sums = {name: Sum(f"readings__{name}") for name in ("found", "saved", "leads")}
    failed = Count("readings", filter=Q(readings__state=ReadingState.FAILED))
    return (
        Source.objects.filter(readings__isnull=False)
        .annotate(times=Count("readings"), failed=failed, last_read_at=Max("readings__finished_at"), **sums)
        .order_by("name")
    )


def started_by(*, owner_id: int, uid: UUID) -> Run | None:
    """Return a run that somebody asked for; None where there is none of that uid, or another asked for it."""
    return Run.objects.filter(asked_by_id=owner_id, uid=uid).first()
