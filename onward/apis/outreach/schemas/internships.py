"""Internships, the desk's leads, as its document shows them."""

from datetime import date, datetime
from typing import Annotated, Any

from django.db.models import Value
from django.db.models.functions import Coalesce

from onward.apis.outreach.schemas.followups import FollowUpRow
from onward.apis.outreach.schemas.messages import MessageRow
from onward.apis.outreach.schemas.remarks import RemarkRow
from onward.apis.outreach.schemas.timeline import ActivityRow
from onward.domain.applications.choices import Status
from onward.domain.applications.models import Application
from onward.domain.board.choices import InternshipType, PostingState, WorkType
from onward.domain.ingestion.models import Sighting
from onward.domain.outreach.choices import LeadStatus
from onward.domain.outreach.models import FollowUp, LeadActivity, Message, Remark
from onward.platform.wire import Choice, Count, From, Many, Wire

StatusWord = Annotated[str, Choice(LeadStatus)]
TypeWord = Annotated[str, Choice(InternshipType, blank="")]
StateWord = Annotated[str, Choice(PostingState)]
WorkModeWord = Annotated[str, Choice(WorkType, blank="")]

# What stands for a source where somebody has made a lead by hand.
BY_HAND = "manual"


class CompanyName(Wire):
    """A company by its name; ``id`` is null where nobody knows which company is meant."""

    id: Annotated[int | None, From("employer_id")]
    name: Annotated[str, From(lambda at: Coalesce(at("employer__name"), at("company_name")))]


class InternshipRow(Wire):
    """An internship that the desk works on, in a list."""

    id: int
    title: Annotated[str, From("posting__title")]
    company: Annotated[CompanyName, From("posting")]
    company_id: Annotated[int | None, From("posting__employer_id")]
    location: Annotated[str, From("posting__location")]
    internship_type: Annotated[TypeWord, From("posting__internship_type")]
    source: Annotated[str, From(lambda at: Coalesce(at("source"), Value(BY_HAND)))]
    status: StatusWord
    assigned_to: Annotated[int | None, From("assigned_to_id")]
    url: Annotated[str, From("posting__url")]
    posted_date: Annotated[date | None, From("posting__posted_on")]
    first_seen: Annotated[datetime, From("posting__first_seen_at")]
    last_seen: Annotated[datetime, From("posting__last_seen_at")]
    state: Annotated[StateWord, From("posting__state")]
    score: Annotated[int, From("posting__score")]
    next_followup: date | None
    stale: bool
    metadata: dict[str, Any]
    created_at: datetime


class SightingRow(Wire):
    """Where an internship was seen. ``missed`` counts the readings in a row that should have seen it and did not."""

    source: Annotated[str, From("source__name")]
    kind: Annotated[str, From("source__kind")]
    external_id: str
    url: str
    first_seen: Annotated[datetime, From("first_seen_at")]
    last_seen: Annotated[datetime, From("last_seen_at")]
    missed: int


def _now(status: Status) -> Count:
    return Count(lambda: Application.objects.filter(status=status), by="posting_id")


class Outcomes(Wire):
    """How many applications to a published internship stand where; of whom they are is not told."""

    applied: Annotated[int, _now(Status.APPLIED)]
    screening: Annotated[int, _now(Status.SCREENING)]
    interviewing: Annotated[int, _now(Status.INTERVIEWING)]
    offer: Annotated[int, _now(Status.OFFER)]
    accepted: Annotated[int, _now(Status.ACCEPTED)]
    rejected: Annotated[int, _now(Status.REJECTED)]
    withdrawn: Annotated[int, _now(Status.WITHDRAWN)]
    ghosted: Annotated[int, _now(Status.GHOSTED)]


class InternshipOut(InternshipRow):
    """An internship in full, with what the desk has done about it."""

    description: Annotated[str, From("posting__description")]
    description_html: Annotated[str, From("posting__description_html")]
    work_mode: Annotated[WorkModeWord, From("posting__work_mode")]
    skills: Annotated[list[str], From("posting__skills")]
    stipend: Annotated[str, From("posting__stipend")]
    deadline: Annotated[date | None, From("posting__closes_on")]
    seats: Annotated[int | None, From("posting__seats")]
    apply_url: Annotated[str, From("posting__apply_url")]
    contact: dict[str, Any]
    state_reason: Annotated[str, From("posting__state_reason")]
    score_parts: Annotated[dict[str, Any], From("posting__score_parts")]
    touched_at: datetime
    published_at: Annotated[datetime | None, From("posting__published_at")]
    applications: Annotated[int, Count(lambda: Application.objects.exclude(status=Status.WISHLIST), by="posting__lead")]
    outcomes: Annotated[Outcomes, From("posting")]
    sightings: Annotated[list[SightingRow], Many(lambda: Sighting.objects.order_by("pk"), by="posting__lead")]
    activity: Annotated[
        list[ActivityRow], Many(lambda: LeadActivity.objects.order_by("-created_at", "-pk"), by="lead_id")
    ]
    followups: Annotated[list[FollowUpRow], Many(lambda: FollowUp.objects.order_by("due_date", "pk"), by="lead_id")]
    remarks: Annotated[list[RemarkRow], Many(lambda: Remark.objects.order_by("-created_at", "-pk"), by="lead_id")]
    messages: Annotated[list[MessageRow], Many(lambda: Message.objects.order_by("-version", "-pk"), by="lead_id")]
