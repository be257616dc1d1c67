"""What is said of a lead whenever something is done about it."""

from datetime import datetime
from typing import Any

from onward.domain.outreach.models import Lead
from onward.platform.refusals import Missing


def about(lead: Lead, by_id: int | None, at: datetime) -> dict[str, Any]:
    """Return what every event about a lead says."""
    employer_id = lead.posting.employer_id
    return {"owner_id": None, "at": at, "lead_id": lead.pk, "employer_id": employer_id, "by_id": by_id}


def touch(lead: Lead, at: datetime) -> None:
    """Lock a lead until the transaction ends, and note that a person did something about it.

    :raises Missing: when it is gone by now
    """
    if not Lead.objects.filter(pk=lead.pk).update(touched_at=at):
        raise Missing()
