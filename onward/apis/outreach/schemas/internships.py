"""Internships, the desk's leads, as its document shows them."""

from datetime import date, datetime
from typing import Annotated, Any

from django.db.models import Value
from django.db.models.functions import Coalesce
from pydantic import AfterValidator, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

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
from onward.platform.wire import Body, Choice, Count, Date, From, Id, Many, Text, Unsigned4, WebAddress, Wire

StatusWord = Annotated[str, Choice(LeadStatus)]
TypeWord = Annotated[str, Choice(InternshipType, blank="")]
StateWord = Annotated[str, Choice(PostingState)]
WorkModeWord = Annotated[str, Choice(WorkType, blank="")]

Contact = Annotated[Any, WithJsonSchema({"anyOf": [{"type": "object"}, {"type": "string"}]})]

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
    deadline: Annotated[date | None, From("posting__closes_on", writes="closes_on")]
    seats: Annotated[int | None, From("posting__seats")]
    apply_url: Annotated[str, From("posting__apply_url")]
    contact: Contact
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


class PostingText(Body, partial=True):
    """What an internship says, in the desk's words. What is absent stays as it is."""

    title: Annotated[str, Text(255, shortest=1)]
    location: Annotated[str, Text(1000)]
    internship_type: TypeWord
    work_mode: WorkModeWord
    description: str
    skills: Annotated[list[Annotated[str, Text(100, shortest=1)]], Field(max_length=100)]
    url: Annotated[str, WebAddress(2000)]
    apply_url: Annotated[str, WebAddress(2000)]
    stipend: Annotated[str, Text(255)]
    deadline: Date | None
    seats: Unsigned4 | None


class InternshipChanges(PostingText, partial=True):
    """What a client changes about an internship: all of it is done, or nothing. What is absent stays as it is."""

    status: StatusWord
    assigned_to: Annotated[Id | None, Field(description="Somebody on the team; null for nobody.")]
    contact: dict[str, Any] | Annotated[str, Text(2000)]
    metadata: dict[str, Any]


def _one_company(name: str, said: ValidationInfo) -> str:
    if (said.data.get("company_id") is None) == (not name):
        raise PydanticCustomError("company", "Either company_id or company, its name, must be given.")
    return name


class InternshipIn(Body):
    """An internship that no source told of. Its company is named by ``company_id`` or by ``company``, its name."""

    title: Annotated[str, Text(255, shortest=1)]
    company_id: Id | None = None
    company: Annotated[str, Text(255), AfterValidator(_one_company), Field(validate_default=True)] = ""
    status: StatusWord = LeadStatus.NEW
    assigned_to: Id | None = None
    location: Annotated[str, Text(1000)] = ""
    internship_type: TypeWord = InternshipType.INTERNSHIP
    work_mode: WorkModeWord = ""
    description: str = ""
    skills: Annotated[list[Annotated[str, Text(100, shortest=1)]], Field(max_length=100)] = []
    url: Annotated[str, WebAddress(2000)] = ""
    apply_url: Annotated[str, WebAddress(2000)] = ""
    posted_date: Date | None = None
    stipend: Annotated[str, Text(255)] = ""
    deadline: Date | None = None
    seats: Unsigned4 | None = None
    contact: dict[str, Any] | Annotated[str, Text(2000)] = {}
    metadata: dict[str, Any] = {}


class StatusIn(Body):
    """A move to another status; a remark is kept even where the status is the same."""

    new_status: StatusWord
    remark: str | None = None
