"""Work on résumés that is done later."""

from django.utils import timezone

from onward.domain.resumes import services
from onward.platform.jobs import job


@job(max_attempts=8)
def tidy(*, owner_id: int) -> int:
    """Look after a person's files whenever one of them comes or goes."""
    return services.tidy(owner_id=owner_id, at=timezone.now())
