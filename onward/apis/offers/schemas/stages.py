"""Stages as the offers document shows them: the interviews of an application."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.db.models import Case, F, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from pydantic import Field

from onward.apis.offers.lenses import RESULT, STAGE_NAME, STAGE_TYPE, TEXT
from onward.domain.interviews.choices import InterviewStatus, Outcome
from onward.platform.lens import Lens
from onward.platform.wire import EMPTY_IS_NULL, MAX_INT4, Body, Date, From, OneOf, Text, Whole, Wire, empty_is
from onward.platform.wire.fields import Path

TypeWord = Annotated[str, OneOf(*STAGE_TYPE.words)]
ResultWord = Annotated[str, OneOf(*RESULT.words)]

_ENDED = Lens.one_to_one(dict(Outcome.choices))


def _name(at: Path) -> Combinable:
    return Coalesce(NullIf(F(at("name")), Value("")), STAGE_NAME.case(at("interview_type")))


def _result(at: Path) -> Combinable:
    # What RESULT shows of status and outcome together, without putting them together.
    cancelled = When(**{at("status"): InterviewStatus.CANCELLED}, then=Value("Cancelled"))
    return Case(cancelled, default=_ENDED.case(at("outcome")))


class ApplicationStageResponse(Wire):
    """An interview, as a stage of its application."""

    id: Annotated[UUID, From("uid")]
    application_id: Annotated[UUID, From("application__uid")]
    stage_name: Annotated[str, From(_name, writes="name")]
    stage_type: Annotated[TypeWord | None, From("interview_type", lens=STAGE_TYPE)]
    stage_date: Annotated[date | None, From("day")]
    result: Annotated[ResultWord, From(_result)]
    duration_minutes: int | None
    interviewer_names: Annotated[str | None, From("interviewer_names", lens=TEXT)]
    prep_notes: Annotated[str | None, From("preparation_notes", lens=TEXT)]
    questions_asked: Annotated[list[str] | None, From("questions")]
    notes: Annotated[str | None, From("post_interview_notes", lens=TEXT)]
    created_at: datetime
    updated_at: datetime


class StageChanges(Body):
    """What a client changes about a stage. What is absent stays as it is."""

    stage_name: Annotated[str, Text(100, shortest=1)] | None = None
    stage_type: Annotated[TypeWord | None, EMPTY_IS_NULL] = None
    stage_date: Annotated[Date | None, EMPTY_IS_NULL] = None
    result: Annotated[ResultWord | None, EMPTY_IS_NULL] = None
    duration_minutes: Annotated[Annotated[int, Whole(1, MAX_INT4)] | None, EMPTY_IS_NULL] = None
    interviewer_names: Annotated[str, Text()] | None = None
    prep_notes: Annotated[str, Text()] | None = None
    questions_asked: list[Annotated[str, Text(10_000)]] | None = None
    notes: Annotated[str, Text()] | None = None


class StageIn(StageChanges):
    """What a client says of a new stage. The name must be given; a stage without a date is today's."""

    stage_name: Annotated[str, Text(100, shortest=1)]
    result: Annotated[ResultWord, empty_is("Pending")] = "Pending"
    questions_asked: list[Annotated[str, Text(10_000)]] | None = Field(default_factory=list)
