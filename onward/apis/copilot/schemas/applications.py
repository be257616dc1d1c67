"""Applications and their board as the copilot document shows them."""

from datetime import date, datetime
from typing import Annotated, Any

from django.db.models import OuterRef, Subquery
from pydantic import Field, WithJsonSchema

from onward.apis.copilot.lenses import STATUS, TEXT
from onward.apis.copilot.schemas.words import AnyId, IdInBody, Name, StatusWord, needed_without
from onward.domain.applications.models import Document, Note
from onward.domain.applications.queries import OFFER_DATE
from onward.domain.interviews.queries import INTERVIEW_DATE
from onward.platform.wire import EMPTY_IS_NULL, Body, Date, From, Instant, Many, Text, WebAddress, Wire, empty_is
from onward.platform.wire.fields import Path

# As many applications are moved at once.
MOST_MOVED = 1000


class Attachment(Wire):
    """Something that was sent with an application."""

    name: str
    url: Annotated[str | None, From("file_url", lens=TEXT)]


class Feedback(Body):
    """What somebody sums up of an application's interviews."""

    questions: Annotated[list[Annotated[str, Text(2000, shortest=1)]], Field(max_length=200), empty_is([])] = Field(
        default_factory=list
    )
    skill_areas: Annotated[list[Annotated[str, Text(200, shortest=1)]], Field(max_length=200), empty_is([])] = Field(
        default_factory=list
    )
    notes: Annotated[Annotated[str, Text()], empty_is("")] = ""


_FEEDBACK = WithJsonSchema(Feedback.model_json_schema())


def _main_note(at: Path) -> Subquery:
    return Subquery(Note.objects.filter(application_id=OuterRef(at("pk")), is_main=True).values("content")[:1])


class ApplicationOut(Wire):
    """An application."""

    id: int
    user_id: Annotated[int, From("owner_id")]
    job_id: Annotated[int | None, From("saved_job__id")]
    company: Annotated[str, From("company__name", writes="company_name")]
    title: Annotated[str, From("job_title")]
    status: Annotated[StatusWord, From("status", lens=STATUS)]
    applied_date: date | None
    response_date: date | None
    interview_date: Annotated[datetime | None, INTERVIEW_DATE]
    offer_date: Annotated[date | None, OFFER_DATE]
    notes: Annotated[str | None, From(_main_note)]
    interview_feedback: Annotated[Annotated[dict[str, Any], _FEEDBACK] | None, From("interview_feedback")]
    follow_up_date: Annotated[date | None, From("next_action_date")]
    attachments: Annotated[list[Attachment], Many(lambda: Document.objects.order_by("pk"), by="application_id")]
    created_at: datetime
    updated_at: datetime


class AttachmentIn(Body):
    """A document by name and address."""

    name: Name
    url: Annotated[Annotated[str, WebAddress(500)] | None, EMPTY_IS_NULL] = None


Attachments = Annotated[list[AttachmentIn], Field(max_length=100), empty_is([])]


class _Said(Body):
    """What a client may say of an application, new or not. Null clears."""

    applied_date: Annotated[Date | None, EMPTY_IS_NULL] = None
    response_date: Annotated[Date | None, EMPTY_IS_NULL] = None
    interview_date: Annotated[Instant | None, EMPTY_IS_NULL] = None
    offer_date: Annotated[Date | None, EMPTY_IS_NULL] = None
    follow_up_date: Annotated[Date | None, EMPTY_IS_NULL] = None
    notes: Annotated[str, Text()] | None = None
    interview_feedback: Feedback | None = None
    attachments: Attachments = Field(default_factory=list)


class ApplicationIn(_Said):
    """What a client says of a new application: for one of their jobs, or for a company and a title."""

    job_id: Annotated[IdInBody | None, EMPTY_IS_NULL] = None
    company: Annotated[Name | None, needed_without("job_id"), Field(validate_default=True)] = None
    title: Annotated[Name | None, needed_without("job_id"), Field(validate_default=True)] = None
    status: StatusWord = "interested"


class ApplicationChanges(_Said):
    """What a client changes about an application. What is absent stays as it is."""

    company: Name = ""
    title: Name = ""
    status: StatusWord = "interested"


class MoveIn(Body):
    """A quick move to another column of the board."""

    status: StatusWord
    notes: Annotated[str, Text()] | None = None


class MovesIn(Body):
    """The same move of many."""

    ids: Annotated[list[AnyId], Field(min_length=1, max_length=MOST_MOVED)]
    status: StatusWord


class Failure(Wire):
    """What could not be moved. :ivar index: its place in what was sent, from 0"""

    index: int
    id: int
    error: str


class MovesOut(Wire):
    """What came of moving many."""

    total: int
    successful: int
    failed: int
    updated_ids: list[int]
    errors: list[Failure]


class Column(Wire):
    """A column of the board and how many applications are in it, whatever the list beside it shows."""

    status: StatusWord
    label: str
    color: str
    count: int


class Kanban(Wire):
    """The board."""

    columns: list[Column]


class Board(Wire):
    """A part of somebody's applications, and their whole board."""

    items: list[ApplicationOut]
    total: int
    skip: int
    limit: int
    kanban: Kanban
