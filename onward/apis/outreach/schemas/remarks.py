"""Remarks as the outreach desk shows them."""

from datetime import datetime
from typing import Annotated

from onward.apis.outreach.schemas.people import Person
from onward.platform.wire import Body, From, Text, Wire


class RemarkRow(Wire):
    """Something worth knowing about an internship, and who says so; ``author`` is null once their account is gone."""

    id: int
    internship_id: Annotated[int, From("lead_id")]
    remark: Annotated[str, From("text")]
    author: Person | None
    created_at: datetime


class RemarkIn(Body):
    """What is worth knowing."""

    remark: Annotated[str, Text(shortest=1)]
