"""Applications as the tracker's document shows them."""

from datetime import date, datetime
from typing import Annotated

from onward.apis.tracker.lenses import PRIORITY, SOURCE
from onward.apis.tracker.schemas.companies import CompanyRow
from onward.domain.applications.choices import NoteType, Priority, Source, Status, WorkType
from onward.domain.applications.models import Note
from onward.domain.applications.queries import DAYS_SINCE_APPLIED, HAS_RESPONSE
from onward.domain.interviews.models import Interview
from onward.platform.wire import Body, Choice, Count, Date, From, Id, Many, OneOf, Text, Unsigned4, WebAddress, Wire

StatusWord = Annotated[str, Choice(Status)]
PriorityWord = Annotated[str, OneOf(*PRIORITY.words)]
WorkTypeWord = Annotated[str, Choice(WorkType, blank="")]
SourceWord = Annotated[str, OneOf(*SOURCE.words)]
NoteTypeWord = Annotated[str, Choice(NoteType)]


class ApplicationRow(Wire):
    """An application in a list."""

    id: int
    company: Annotated[int, From("company_id")]
    company_name: Annotated[str, From("company__name")]
    job_title: str
    status: StatusWord
    priority: Annotated[PriorityWord, From("priority", lens=PRIORITY)]
    work_type: WorkTypeWord
    location: str
    source: Annotated[SourceWord, From("source", lens=SOURCE)]
    applied_date: date | None
    days_since_applied: Annotated[int | None, DAYS_SINCE_APPLIED]
    updated_at: datetime


class NoteOut(Wire):
    """A note of an application."""

    id: int
    content: str
    note_type: NoteTypeWord
    created_at: datetime
    updated_at: datetime


class ApplicationOut(Wire):
    """An application in full."""

    id: int
    company: Annotated[int, From("company_id")]
    company_name: Annotated[str, From("company__name")]
    company_details: Annotated[CompanyRow, From("company")]
    job_title: str
    job_url: str
    job_description: str
    status: StatusWord
    priority: Annotated[PriorityWord, From("priority", lens=PRIORITY)]
    work_type: WorkTypeWord
    location: str
    salary_min: int | None
    salary_max: int | None
    source: Annotated[SourceWord, From("source", lens=SOURCE)]
    referrer_name: str
    cover_letter: str
    resume_version: Annotated[int | None, From("resume_id")]
    applied_date: date | None
    response_date: date | None
    next_action: str
    next_action_date: date | None
    days_since_applied: Annotated[int | None, DAYS_SINCE_APPLIED]
    has_response: Annotated[bool, HAS_RESPONSE]
    notes_count: Annotated[int, Count(Note.objects.all, by="application_id")]
    interviews_count: Annotated[int, Count(Interview.objects.all, by="application_id")]
    notes: Annotated[list[NoteOut], Many(lambda: Note.objects.order_by("-created_at", "-pk"), by="application_id")]
    created_at: datetime
    updated_at: datetime


class ApplicationIn(Body):
    """What a client says of an application. Company and title must be given."""

    company: Id
    job_title: Annotated[str, Text(255, shortest=1)]
    job_url: Annotated[str, WebAddress(2000)] = ""
    job_description: str = ""
    status: StatusWord = Status.APPLIED
    priority: PriorityWord = Priority.MEDIUM
    work_type: WorkTypeWord = ""
    location: Annotated[str, Text(255)] = ""
    salary_min: Unsigned4 | None = None
    salary_max: Unsigned4 | None = None
    source: SourceWord = Source.LINKEDIN
    referrer_name: Annotated[str, Text(255)] = ""
    cover_letter: str = ""
    resume_version: Id | None = None
    applied_date: Date | None = None
    response_date: Date | None = None
    next_action: Annotated[str, Text(255)] = ""
    next_action_date: Date | None = None


class ApplicationChanges(ApplicationIn, partial=True):
    """What a client changes about an application. What is absent stays as it is."""


class StatusIn(Body):
    """A quick move to another status."""

    status: StatusWord
    response_date: Date | None = None


class NoteIn(Body):
    """What a client writes down."""

    content: Annotated[str, Text(shortest=1)]
    note_type: NoteTypeWord = NoteType.GENERAL
