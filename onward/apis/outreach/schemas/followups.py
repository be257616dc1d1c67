"""Follow-ups as the outreach desk shows them."""

from datetime import date, datetime
from typing import Annotated

from onward.domain.outreach.queries.followups import IS_COMPLETED
from onward.platform.wire import From, Wire


class FollowUpRow(Wire):
    """Something to be done about an internship on a day."""

    id: int
    internship_id: Annotated[int, From("lead_id")]
    due_date: date
    notes: str
    assigned_to: Annotated[int | None, From("assigned_to_id")]
    completed: Annotated[bool, IS_COMPLETED]
    completed_at: datetime | None
    completed_by: Annotated[int | None, From("completed_by_id")]
    created_at: datetime
