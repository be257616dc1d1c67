"""What bulk operations take and say."""

from typing import Annotated

from pydantic import Field

from onward.apis.outreach.schemas.internships import StatusWord
from onward.platform.wire import Body, Id, Wire

# Of internships; one that is named twice is meant once.
MOST = 5000
Ids = Annotated[list[Id], Field(min_length=1, max_length=MOST)]


class AssignIn(Body):
    """Which internships become whose; null for nobody's."""

    internship_ids: Ids
    user_id: Id | None


class BulkStatusIn(Body):
    """Which internships move where; a remark is left on each of them."""

    internship_ids: Ids
    new_status: StatusWord
    remark: str | None = None


class DoneOut(Wire):
    """What came of it: how many are different now, how many were so already, and the numbers that name none."""

    updated: int
    unchanged: int
    unknown_ids: list[int]
