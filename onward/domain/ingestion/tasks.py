"""Work of the engine that is done by jobs: reading sources, and looking after those who read."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from onward.domain.ingestion import queries
from onward.domain.ingestion.services import freshness, readings, runs, sources
from onward.platform.jobs import job, periodic

# Seconds; Celery allows no more.
LONGEST = 1500


@job(max_attempts=8, time_limit=LONGEST, queue="outbound")
def read(*, reading_id: int) -> int:
    """Read a source. What its server does wrong is no failure of this job: the reading says it."""
    # Loaded by whoever reads: what it takes to judge a posting weighs as much as a small server.
    from onward.domain.ingestion import reading

    return reading.read(reading_id)


@periodic(every=timedelta(minutes=1))
@job(max_attempts=1)
def tend() -> int:
    """Take over what the operator's file names, close what is past its day, and look after readings left alone."""
    at = timezone.now()
    sources.take_over(at=at)
    freshness.close_past(at=at)
    return readings.tend(at=at)


@periodic(every=timedelta(hours=1))
@job(max_attempts=1, time_limit=LONGEST, queue="outbound")
def look() -> int:
    """Ask for the pages of employers, and of openings that may be gone, which are due."""
    if not queries.enabled().exists():
        return 0
    from onward.domain.ingestion import looking

    return looking.look(at=timezone.now())


@job(max_attempts=1)
def run() -> int:
    """Read all enabled sources, unless they are being read."""
    if queries.is_usual_run_open():
        return 0
    return runs.start(at=timezone.now()).readings.count()


if settings.FETCH_EVERY:
    periodic(every=timedelta(hours=settings.FETCH_EVERY))(run)
