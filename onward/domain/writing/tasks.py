"""Work on what members have written that is done later."""

from datetime import timedelta

from django.utils import timezone

from onward.domain.writing.services import entries
from onward.domain.writing.services.index import catch_up
from onward.platform.jobs import job, periodic, progress

# Seconds, for a server whose entries are all to be read again.
LONGEST = 1200


@periodic(every=timedelta(hours=6))
@job(max_attempts=3)
def forget_removed() -> int:
    """Delete for good what was removed more than thirty days ago; returns how many entries that were."""
    return entries.forget_removed(at=timezone.now())


# The period is for what nobody has asked for.
@periodic(every=timedelta(minutes=1))
@job(max_attempts=1, time_limit=LONGEST)
def index() -> int:
    """Bring the index of threads and posts up to date; returns how many were read."""
    return catch_up(wanted=lambda: progress(0))
