"""Internships: what was found, and where the desk stands with it."""

from http import HTTPStatus

from django.db.models import Q
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, local_time
from onward.apis.filters import ByFlag, ById, ByWord, FromDay, UntilDay
from onward.apis.outreach.access import admins, members
from onward.apis.outreach.filters import ByAssignee, ByPlace, BySource
from onward.apis.outreach.resource import Resource
from onward.apis.outreach.schemas.followups import FollowUpIn, FollowUpRow
from onward.apis.outreach.schemas.internships import (
    InternshipChanges,
    InternshipIn,
    InternshipOut,
    InternshipRow,
    PostingText,
    StatusIn,
)
from onward.apis.outreach.schemas.remarks import RemarkIn, RemarkRow
from onward.apis.outreach.schemas.timeline import ActivityRow
from onward.domain.board.choices import InternshipType, PostingState
from onward.domain.outreach.choices import LeadStatus
from onward.domain.outreach.queries import followups, leads, remarks, timeline
from onward.domain.outreach.services import conversion
from onward.domain.outreach.services import followups as write_followups
from onward.domain.outreach.services import leads as services
from onward.domain.outreach.services import remarks as write_remarks
from onward.platform.wire import Id

router = Router(tags=["Internships"], auth=members)

# The record's names for what a new one says, where they differ.
RECORDED = {"deadline": "closes_on", "posted_date": "posted_on"}

INTERNSHIPS = Resource(
    leads.leads,
    row=InternshipRow,
    whole=InternshipOut,
    changes=InternshipChanges,
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
        "id": "pk",
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
CONVERSION = INTERNSHIPS.changed_by(PostingText)
REMARKS = Resource(remarks.of_lead, row=RemarkRow, orders=("created_at",), order="-created_at", called="remark")
FOLLOWUPS = Resource(
    followups.of_lead,
    row=FollowUpRow,
    filters={"completed": ByFlag(followups.COMPLETED)},
    orders=("due_date", "created_at"),
    order="due_date",
    called="follow-up",
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


@router.post("", **INTERNSHIPS.creates, summary="Add an internship by hand")
def create(request: Request, body: InternshipIn) -> HttpResponse:
    """Take one in that no source has told of; its company is found by its name, or made."""
    fields = body.model_dump()
    company = {"id": fields.pop("company_id"), "name": fields.pop("company")}
    of_lead = {name: fields.pop(name) for name in ("status", "contact", "metadata")}
    of_lead["assigned_to_id"] = fields.pop("assigned_to")
    fields = {RECORDED.get(name, name): value for name, value in fields.items()}
    made = services.add(company=company, lead=of_lead, by_id=request.auth.user_id, at=local_time(request), **fields)
    return INTERNSHIPS.made(request, made)


@router.patch("/{internship_id}", **INTERNSHIPS.changes, summary="Update an internship")
def update(request: Request, internship_id: Id) -> HttpResponse:
    """Change what is sent, all of it or nothing; what is absent, or as it was shown, stays as it is."""
    lead = leads.lead(pk=internship_id)
    changes = INTERNSHIPS.given(request, lead)
    services.update(lead=lead, by_id=request.auth.user_id, at=local_time(request), **changes)
    return INTERNSHIPS.show(request, internship_id)


@router.delete("/{internship_id}", auth=admins, **INTERNSHIPS.deletes, summary="Remove an internship")
def remove(request: Request, internship_id: Id) -> HttpResponse:
    """Remove one with all that the desk did about it, so that no run brings it back. Its company stays."""
    services.remove(lead=leads.lead(pk=internship_id), by_id=request.auth.user_id, at=local_time(request))
    return INTERNSHIPS.gone()


@router.patch("/{internship_id}/status", **INTERNSHIPS.reads, summary="Move an internship to another status")
def move(request: Request, internship_id: Id, body: StatusIn) -> HttpResponse:
    """Move one to another status; any may follow any, and a repeated move is none."""
    leads.require(pk=internship_id)
    remark = (body.remark or "").strip()
    services.change_status(
        lead_ids=[internship_id],
        to=body.new_status,
        by_id=request.auth.user_id,
        at=local_time(request),
        remark=remark,
    )
    return INTERNSHIPS.show(request, internship_id)


@router.post("/{internship_id}/convert", **CONVERSION, summary="Publish an internship on this server's board")
def convert(request: Request, internship_id: Id) -> HttpResponse:
    """Publish what was won, with the text that is sent, once however often it is asked; it is then converted."""
    lead = leads.lead(pk=internship_id)
    text = INTERNSHIPS.given(request, lead, PostingText)
    conversion.convert(lead=lead, by_id=request.auth.user_id, at=local_time(request), **text)
    return INTERNSHIPS.show(request, internship_id)


@router.get("/{internship_id}/remarks", **REMARKS.lists, summary="List the remarks on an internship")
def list_remarks(request: Request, internship_id: Id) -> HttpResponse:
    """List them, the latest first."""
    leads.require(pk=internship_id)
    return REMARKS.page(request, lead_id=internship_id)


@router.post("/{internship_id}/remarks", **REMARKS.creates, summary="Add a remark")
def add_remark(request: Request, internship_id: Id, body: RemarkIn) -> HttpResponse:
    """Write down something worth knowing about an internship."""
    lead = leads.lead(pk=internship_id)
    pk = write_remarks.add(lead=lead, text=body.remark, by_id=request.auth.user_id, at=local_time(request))
    return REMARKS.show(request, pk, HTTPStatus.CREATED, lead_id=internship_id)


@router.get("/{internship_id}/followups", **FOLLOWUPS.lists, summary="List the follow-ups of an internship")
def list_followups(request: Request, internship_id: Id) -> HttpResponse:
    """List them by the day on which they are due."""
    leads.require(pk=internship_id)
    return FOLLOWUPS.page(request, lead_id=internship_id)


@router.post("/{internship_id}/followups", **FOLLOWUPS.creates, summary="Plan a follow-up")
def plan_followup(request: Request, internship_id: Id, body: FollowUpIn) -> HttpResponse:
    """Plan something for a day, which may have passed."""
    made = write_followups.plan(
        lead=leads.lead(pk=internship_id),
        due_date=body.due_date,
        notes=body.notes,
        assigned_to_id=body.assigned_to,
        by_id=request.auth.user_id,
        at=local_time(request),
    )
    return FOLLOWUPS.made(request, made, lead_id=internship_id)


@router.get("/{internship_id}/activity", **ACTIVITY.lists, summary="List what happened to an internship")
def list_activity(request: Request, internship_id: Id) -> HttpResponse:
    """Tell what was done about one, by whom and when; the latest first."""
    leads.require(pk=internship_id)
    return ACTIVITY.page(request, lead_id=internship_id)
