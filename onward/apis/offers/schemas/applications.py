"""Applications as the offers document shows them."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from pydantic import WithJsonSchema

from onward.apis.offers.lenses import JOB_TYPE, PRIORITY, SOURCE, STATUS, TEXT, WORK_MODE
from onward.apis.offers.schemas.outcomes import OutcomeResponse
from onward.apis.offers.schemas.reflections import ReflectionResponse
from onward.apis.offers.schemas.stages import ApplicationStageResponse
from onward.domain.applications.models import Note
from onward.domain.interviews.models import Interview
from onward.platform.wire import (
    EMPTY_IS_NULL,
    Body,
    Date,
    From,
    Many,
    OneOf,
    Text,
    Unsigned4,
    WebAddress,
    Wire,
)
from onward.platform.wire.fields import Path

UUID_SHAPED = WithJsonSchema({"type": "string", "format": "uuid"})
StatusWord = Annotated[str, OneOf(*STATUS.words)]
PriorityWord = Annotated[str, OneOf(*PRIORITY.words)]


def _main_note(at: Path) -> Subquery:
    return Subquery(Note.objects.filter(application_id=OuterRef(at("pk")), is_main=True).values("content")[:1])


def _stages() -> Any:
    return Interview.objects.order_by(F("day").asc(nulls_last=True), "scheduled_at", "created_at", "pk")


class _Stage(ApplicationStageResponse):
    # Said by the application around it: no stage has to look for it.
    application_id: Annotated[UUID, From(lambda at: OuterRef("uid"))]


class _Outcome(OutcomeResponse):
    application_id: Annotated[UUID, From(lambda at: F("uid"))]


class _Reflection(ReflectionResponse):
    application_id: Annotated[UUID, From(lambda at: F("uid"))]


class ApplicationResponse(Wire):
    """An application with its stages, its outcome and the reflection on it."""

    id: Annotated[UUID, From("uid")]
    user_id: Annotated[UUID, From("owner__uid")]
    company_name: Annotated[str, From("company__name")]
    role_title: Annotated[str, From("job_title")]
    url: Annotated[str | None, From("job_url", lens=TEXT)]
    description: Annotated[str | None, From("job_description", lens=TEXT)]
    location: Annotated[str | None, From("location", lens=TEXT)]
    job_type: Annotated[Annotated[str, OneOf(*JOB_TYPE.words)] | None, From("job_type", lens=JOB_TYPE)]
    work_mode: Annotated[Annotated[str, OneOf(*WORK_MODE.words)] | None, From("work_type", lens=WORK_MODE)]
    salary_min: int | None
    salary_max: int | None
    salary_currency: str
    applied_source: Annotated[Annotated[str, OneOf(*SOURCE.words)] | None, From("source", lens=SOURCE)]
    applied_date: date | None
    follow_up_date: Annotated[date | None, From("next_action_date")]
    priority: Annotated[PriorityWord | None, From("priority", lens=PRIORITY)]
    notes: Annotated[str | None, From(_main_note)]
    status: Annotated[StatusWord, From("status", lens=STATUS)]
    resume_version_id: Annotated[UUID | None, From("resume__uid")]
    created_at: datetime
    updated_at: datetime
    stages: Annotated[list[_Stage], Many(_stages, by="application_id")]
    outcome: Annotated[_Outcome | None, From("outcome")]
    reflection: Annotated[_Reflection | None, From("reflection")]


class ApplicationChanges(Body):
    """What a client changes about an application. What is absent stays as it is."""

    company_name: Annotated[str, Text(255, shortest=1)] | None = None
    role_title: Annotated[str, Text(255, shortest=1)] | None = None
    url: Annotated[Annotated[str, WebAddress(500)] | None, EMPTY_IS_NULL] = None
    description: Annotated[str, Text()] | None = None
    location: Annotated[str, Text(255)] | None = None
    job_type: Annotated[Annotated[str, OneOf(*JOB_TYPE.words)] | None, EMPTY_IS_NULL] = None
    work_mode: Annotated[Annotated[str, OneOf(*WORK_MODE.words)] | None, EMPTY_IS_NULL] = None
    salary_min: Annotated[Unsigned4 | None, EMPTY_IS_NULL] = None
    salary_max: Annotated[Unsigned4 | None, EMPTY_IS_NULL] = None
    salary_currency: Annotated[Annotated[str, Text(3)] | None, EMPTY_IS_NULL] = None
    applied_source: Annotated[Annotated[str, OneOf(*SOURCE.words)] | None, EMPTY_IS_NULL] = None
    applied_date: Annotated[Date | None, EMPTY_IS_NULL] = None
    follow_up_date: Annotated[Date | None, EMPTY_IS_NULL] = None
    priority: Annotated[PriorityWord | None, EMPTY_IS_NULL] = None
    notes: Annotated[str, Text()] | None = None
    status: Annotated[StatusWord | None, EMPTY_IS_NULL] = None
    # What is no UUID names no résumé, as one that is not there.
    resume_version_id: Annotated[Annotated[str, Text(100), UUID_SHAPED] | None, EMPTY_IS_NULL] = None


class ApplicationIn(ApplicationChanges):
    """What a client says of a new application. Company and role must be given."""

    company_name: Annotated[str, Text(255, shortest=1)]
    role_title: Annotated[str, Text(255, shortest=1)]
    status: Annotated[StatusWord | None, EMPTY_IS_NULL] = "Saved"
