"""The desk's record is the team's: it stays, and names nobody who has left."""

from datetime import datetime

from onward.domain.outreach.models import LeadActivity


def leave(*, user_id: int, at: datetime) -> None:
    """Take somebody's name out of the lines that say to whom leads were assigned."""
    LeadActivity.objects.filter(changes__assigned_to__1=user_id).exclude(description="Assigned.").update(
        description="Assigned."
    )
