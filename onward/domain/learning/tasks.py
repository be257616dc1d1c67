"""Work on learning that is done later."""

from datetime import timedelta

from django.utils import timezone

from onward.domain.learning.services import attempts
from onward.platform.jobs import job, periodic


@job()
def hand_in(*, attempt_id: int) -> int:
    """Hand in what is saved of an attempt, at its deadline; returns 0 where that was done or the deadline was moved."""
    return int(attempts.hand_in_at_deadline(attempt_id=attempt_id, at=timezone.now()))


@periodic(every=timedelta(minutes=1))
@job(max_attempts=3)
def hand_in_due() -> int:
    """Hand in what is saved of attempts whose time is up, should a job of theirs have failed."""
    return attempts.hand_in_due(at=timezone.now())
