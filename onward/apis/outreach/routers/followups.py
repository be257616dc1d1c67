"""Follow-ups: what is to be done about an internship on a day."""

from http import HTTPStatus

from django.http import HttpResponse, JsonResponse
from ninja import Router

from onward.apis.base import Request, local_time
from onward.apis.outreach.access import members
from onward.apis.outreach.resource import Resource
from onward.apis.outreach.schemas.followups import CalendarOut, FollowUpChanges, FollowUpRow
from onward.domain.outreach import calendar
from onward.domain.outreach.queries import followups
from onward.domain.outreach.services import calendars
from onward.domain.outreach.services import followups as services
from onward.platform.wire import Id

router = Router(tags=["Follow-ups"], auth=members)

FOLLOWUPS = Resource(followups.followups, row=FollowUpRow, changes=FollowUpChanges, called="follow-up")


@router.post("/calendar", response={HTTPStatus.CREATED: CalendarOut}, summary="Make a link to one's calendar")
def make_link(request: Request) -> HttpResponse:
    """Make a link by which a calendar program reads one's open follow-ups; the one before opens nothing more."""
    link = calendars.make_link(owner_id=request.auth.user_id, at=request.now)
    return JsonResponse({"url": calendar.address(link)}, status=HTTPStatus.CREATED)


@router.delete("/calendar", response={HTTPStatus.NO_CONTENT: None}, summary="Revoke the link to one's calendar")
def revoke_link(request: Request) -> HttpResponse:
    """Make the link to one's calendar open nothing more. Repeating it changes nothing."""
    calendars.revoke_link(owner_id=request.auth.user_id)
    return FOLLOWUPS.gone()


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
