"""Work on applications that is done later."""

from django.utils import timezone

from onward.domain.applications import services
from onward.platform.jobs import job


@job(max_attempts=8)
def tidy(*, owner_id: int) -> int:
    """Look after the files of a person's documents whenever one of them comes."""
    return services.tidy_documents(owner_id=owner_id, at=timezone.now())
