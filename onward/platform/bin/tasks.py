"""The bin's clean-up."""

from django.utils import timezone

from onward.platform.bin import services
from onward.platform.jobs import job, periodic


@periodic(daily="03:50")
@job(max_attempts=3)
def empty() -> int:
    """Remove for good what was deleted a month ago."""
    return services.forget_old(at=timezone.now())
