"""The sessions' clean-up."""

from django.utils import timezone

from onward.platform.jobs import job, periodic
from onward.platform.tokens import services, sockets


@periodic(daily="03:10")
@job(max_attempts=3)
def forget_sessions() -> int:
    """Remove sessions that have been over for a month, and tokens of lines that nobody opened."""
    sockets.forget_old(at=timezone.now())
    return services.forget_old(at=timezone.now())
