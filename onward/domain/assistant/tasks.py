"""Work of the assistant that is done later."""

from django.utils import timezone

from onward.domain.assistant import services
from onward.platform.jobs import job
from onward.platform.jobs.registry import OUTBOUND


# One more than a task has, so that the last one can say that all before it died. A provider may keep it waiting.
@job(max_attempts=services.MOST_ATTEMPTS + 1, time_limit=180, queue=OUTBOUND)
def write(*, task_id: int) -> None:
    """Write what a task asks for."""
    services.perform(task_id=task_id, at=timezone.now(), clock=timezone.now)
