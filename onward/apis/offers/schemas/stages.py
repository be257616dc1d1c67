"""Stages as the offers document shows them: the interviews of an application."""

from datetime import date, datetime
from typing import Annotated, Any
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

_ENDED = Lens(
    shown={outcome: str(outcome.label) for outcome in Outcome},
    written={str(outcome.label): outcome for outcome in Outcome},
)


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
    stage_name: Annotated[str, From(_name)]
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


# This document's names, and the record's.
NAMES = {
    "stage_name": "name",
    "stage_date": "day",
    "prep_notes": "preparation_notes",
    "notes": "post_interview_notes",
    "questions_asked": "questions",
}


def in_the_record(given: dict[str, Any], *, kind: str = "", status: str = "", outcome: str = "") -> dict[str, Any]:
    """Say what a client has sent in the record's names and words.

    :param kind: the type that the interview has now, where there is one
    :param status: and its status
    :param outcome: and how it ended
    """
    fields = {NAMES.get(name, name): value for name, value in given.items()}
    # A name is always there, and so is a result.
    if fields.get("name", "") is None:
        del fields["name"]
    if "stage_type" in fields:
        fields["interview_type"] = STAGE_TYPE.read(fields.pop("stage_type"), kind)
    if (word := fields.pop("result", None)) is not None:
        fields["status"], fields["outcome"] = RESULT.read(word, f"{status} {outcome}").split()
    for name in ("interviewer_names", "preparation_notes", "post_interview_notes"):
        if name in fields:
            fields[name] = TEXT.read(fields[name])
    if fields.get("questions"):
        fields["questions"] = [question for question in fields["questions"] if question]
    return fields
