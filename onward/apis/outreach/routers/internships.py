"""Internships: what was found, and where the desk stands with it."""

from django.db.models import Q
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request
from onward.apis.filters import ByFlag, ById, ByWord, FromDay, UntilDay
from onward.apis.outreach.access import members
from onward.apis.outreach.filters import ByAssignee, ByPlace, BySource
from onward.apis.outreach.resource import Resource
from onward.apis.outreach.schemas.internships import InternshipOut, InternshipRow
from onward.apis.outreach.schemas.timeline import ActivityRow
from onward.domain.board.choices import InternshipType, PostingState
from onward.domain.outreach.choices import LeadStatus
from onward.domain.outreach.queries import leads, timeline
from onward.platform.wire import Id

router = Router(tags=["Internships"], auth=members)

INTERNSHIPS = Resource(
    leads.leads,
    row=InternshipRow,
    whole=InternshipOut,
    filters={
        "status": ByWord("status", LeadStatus),
        "internship_type": ByWord("posting__internship_type", InternshipType),
        "location": ByPlace("posting"),
        "source": BySource(""),
        "assigned_to": ByAssignee("assigned_to_id"),
        "company_id": ById("posting__employer_id"),
        "state": ByWord("posting__state", PostingState),
        "stale": ByFlag(Q(stale=True)),
        "date_from": FromDay("created_at"),
        "date_to": UntilDay("created_at"),
    },
    search={
        "posting__title": "title",
        "posting__employer__name": "company",
        "posting__company_name": "company as the posting writes it",
        "posting__location": "location",
    },
    orders={
        "created_at": "created_at",
        "status": "status",
        "title": "posting__title",
        "company": "posting__company_name",
        "location": "posting__location",
        "internship_type": "posting__internship_type",
        "assigned_to": "assigned_to_id",
        "posted_date": "posting__posted_on",
        "first_seen": "posting__first_seen_at",
        "last_seen": "posting__last_seen_at",
        "state": "posting__state",
        "score": "posting__score",
        "next_followup": "next_followup",
    },
    order="-created_at",
    values=lambda request: {"stale_before": leads.when_stale(request.now)},
    called="internship",
)
ACTIVITY = Resource(timeline.of_lead, row=ActivityRow, order="-created_at")


@router.get("", **INTERNSHIPS.lists, summary="List internships")
def list_internships(request: Request) -> HttpResponse:
    """List what was found, the latest first unless another order is asked for."""
    return INTERNSHIPS.page(request)


@router.get("/{internship_id}", **INTERNSHIPS.reads, summary="Get an internship")
def get_internship(request: Request, internship_id: Id) -> HttpResponse:
    """Read one with its company and all that the desk has done about it."""
    return INTERNSHIPS.show(request, internship_id)


@router.get("/{internship_id}/activity", **ACTIVITY.lists, summary="List what happened to an internship")
def list_activity(request: Request, internship_id: Id) -> HttpResponse:
    """Tell what was done about one, by whom and when; the latest first."""
    leads.require(pk=internship_id)
    return ACTIVITY.page(request, lead_id=internship_id)
