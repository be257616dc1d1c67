"""The nested list: a hundred applications with their notes and interviews, made of the tracker's own pieces.

The tracker's document has no such list, so it is mounted for measuring only. It goes through the same handler,
middleware, sign-in and router as every other endpoint.
"""

from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.tracker.schemas.applications import ApplicationRow, NoteOut
from onward.domain.applications.models import Note
from onward.domain.applications.queries import applications
from onward.domain.interviews.models import Interview
from onward.platform.wire import Many, Reading, Wire

router = Router()


class InterviewOut(Wire):
    """An interview of an application."""

    id: int
    round_number: int
    interview_type: str
    scheduled_at: datetime
    duration_minutes: int
    status: str
    outcome: str


class ApplicationNested(ApplicationRow):
    """An application with all that hangs on it."""

    notes: Annotated[list[NoteOut], Many(lambda: Note.objects.order_by("-created_at", "-pk"), by="application_id")]
    interviews: Annotated[
        list[InterviewOut], Many(lambda: Interview.objects.order_by("scheduled_at", "pk"), by="application_id")
    ]


NESTED = Reading(ApplicationNested, lambda: applications().order_by("-updated_at", "-pk")[:100])


@router.get("nested/", response=list[ApplicationNested])
def nested(request: Request) -> HttpResponse:
    """Give the hundred applications that were touched last."""
    return answer(NESTED.all(owner_id=request.auth.user_id, today=local_time(request).date()))
