"""Follow-ups as the outreach desk shows them."""

from datetime import date, datetime
from typing import Annotated

from onward.domain.outreach.queries.followups import IS_COMPLETED
from onward.platform.wire import Body, Date, From, Id, Wire


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


class FollowUpIn(Body):
    """What is to be done, on a day that may have passed; whoever plans it does it where nobody is named."""

    due_date: Date
    notes: str = ""
    assigned_to: Id | None = None


class FollowUpChanges(FollowUpIn, partial=True):
    """What a client changes about a follow-up. What is absent stays as it is."""


class CalendarOut(Wire):
    """Where a calendar program finds somebody's open follow-ups. Whoever has the address can read them."""

    url: str
