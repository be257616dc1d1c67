"""The jobs' own clean-up."""

from datetime import timedelta

from django.utils import timezone

from onward.platform.jobs import answers, services
from onward.platform.jobs.registry import job, periodic


@periodic(every=timedelta(hours=1))
@job(max_attempts=3)
def sweep() -> int:
    """Remove what was done more than a week ago, and what was answered and never taken."""
    at = timezone.now()
    answers.forget_untaken(at=at)
    return services.sweep(at=at)
