"""Follow-ups: what is to be done about an internship on a day."""

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, local_time
from onward.apis.outreach.access import members
from onward.apis.outreach.resource import Resource
from onward.apis.outreach.schemas.followups import FollowUpChanges, FollowUpRow
from onward.domain.outreach.queries import followups
from onward.domain.outreach.services import followups as services
from onward.platform.wire import Id

router = Router(tags=["Follow-ups"], auth=members)

FOLLOWUPS = Resource(followups.followups, row=FollowUpRow, changes=FollowUpChanges, called="follow-up")


@router.patch("/{followup_id}", **FOLLOWUPS.changes, summary="Update a follow-up")
def update(request: Request, followup_id: Id) -> HttpResponse:
    """Change the day, the notes, or whose it is; what is absent stays as it is."""
    followup = followups.followup(pk=followup_id)
    changes = FOLLOWUPS.given(request, followup)
    services.update(followup=followup, by_id=request.auth.user_id, at=local_time(request), **changes)
    return FOLLOWUPS.show(request, followup_id)


@router.patch("/{followup_id}/complete", **FOLLOWUPS.reads, summary="Complete a follow-up")
def complete(request: Request, followup_id: Id) -> HttpResponse:
    """Say that it is done. Repeating it changes nothing: who was first did it."""
    followup = followups.followup(pk=followup_id)
    services.complete(followup=followup, by_id=request.auth.user_id, at=local_time(request))
    return FOLLOWUPS.show(request, followup_id)
