"""Work of matching that is done later."""

from django.utils import timezone

from onward.domain.matching import services
from onward.platform.jobs import job
from onward.platform.jobs.registry import HEAVY


# One more than a ranking has, so that the last one can say that all before it died. A provider may keep it waiting.
@job(max_attempts=services.MOST_ATTEMPTS + 1, time_limit=180, queue=HEAVY)
def rank(*, ranking_id: int) -> None:
    """Make a ranking."""
    services.perform(ranking_id=ranking_id, clock=timezone.now)
