"""Work on what members have written that is done later."""

from datetime import timedelta

from django.utils import timezone

from onward.domain.writing.services import entries
from onward.platform.jobs import job, periodic


@periodic(every=timedelta(hours=6))
@job(max_attempts=3)
def forget_removed() -> int:
    """Delete for good what was removed more than thirty days ago; returns how many entries that were."""
    return entries.forget_removed(at=timezone.now())
