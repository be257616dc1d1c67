"""The sessions' clean-up."""

from django.utils import timezone

from onward.platform.jobs import job, periodic
from onward.platform.tokens import services


@periodic(daily="03:10")
@job(max_attempts=3)
def forget_sessions() -> int:
    """Remove sessions that have been over for a month."""
    return services.forget_old(at=timezone.now())
