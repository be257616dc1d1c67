"""What has happened, as the outreach desk tells it."""

from datetime import datetime
from typing import Annotated, Any

from onward.apis.outreach.schemas.people import Person
from onward.domain.outreach.choices import LeadAction
from onward.platform.wire import Choice, From, Wire

ActionWord = Annotated[str, Choice(LeadAction)]


class ActivityRow(Wire):
    """A line of a timeline. ``actor`` is null where a run acted; ``changes`` are by field, before and after."""

    id: int
    type: Annotated[ActionWord, From("action")]
    description: str
    actor: Person | None
    changes: dict[str, Any]
    created_at: datetime


class CompanyActivityRow(ActivityRow):
    """A line of a company's timeline; ``internship_id`` is null where it is about the company itself."""

    internship_id: Annotated[int | None, From("lead_id")]
