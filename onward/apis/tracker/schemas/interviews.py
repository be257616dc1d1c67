"""Interviews as the tracker's document shows them."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from onward.apis.tracker.lenses import DURATION, INTERVIEW_TYPE
from onward.domain.interviews.choices import InterviewStatus, InterviewType, Outcome
from onward.domain.interviews.queries import IS_UPCOMING
from onward.platform.record.zones import is_zone
from onward.platform.wire import MAX_INT4, Body, Choice, From, Id, Instant, OneOf, Text, WebAddress, Whole, Wire

TypeWord = Annotated[str, OneOf(*INTERVIEW_TYPE.words)]
StatusWord = Annotated[str, Choice(InterviewStatus)]
OutcomeWord = Annotated[str, Choice(Outcome)]


def _zone(name: str) -> str:
    if not is_zone(name):
        raise PydanticCustomError(
            "zone", '"{name}" is not a time zone. Give an IANA name such as Europe/Berlin.', {"name": name}
        )
    return name


Zone = Annotated[str, Text(64), AfterValidator(_zone)]


class InterviewRow(Wire):
    """An interview in a list."""

    id: int
    company_name: Annotated[str, From("application__company__name")]
    job_title: Annotated[str, From("application__job_title")]
    round_number: int
    interview_type: Annotated[TypeWord, From("interview_type", lens=INTERVIEW_TYPE)]
    scheduled_at: datetime
    duration_minutes: Annotated[int, From("duration_minutes", lens=DURATION)]
    status: StatusWord
    outcome: OutcomeWord
    is_upcoming: Annotated[bool, IS_UPCOMING]


class InterviewOut(Wire):
    """An interview in full."""

    id: int
    application: Annotated[int, From("application_id")]
    company_name: Annotated[str, From("application__company__name")]
    job_title: Annotated[str, From("application__job_title")]
    round_number: int
    interview_type: Annotated[TypeWord, From("interview_type", lens=INTERVIEW_TYPE)]
    scheduled_at: datetime
    duration_minutes: Annotated[int, From("duration_minutes", lens=DURATION)]
    timezone: str
    meeting_link: str
    meeting_location: str
    interviewer_names: str
    interviewer_titles: str
    status: StatusWord
    outcome: OutcomeWord
    preparation_notes: str
    post_interview_notes: str
    questions_asked: str
    is_upcoming: Annotated[bool, IS_UPCOMING]
    created_at: datetime
    updated_at: datetime


class InterviewIn(Body):
    """What a client says of an interview. Application and time must be given."""

    application: Id
    round_number: Annotated[int, Whole(1, MAX_INT4)] = 1
    interview_type: TypeWord = InterviewType.PHONE
    scheduled_at: Instant
    duration_minutes: Annotated[int, Whole(1, 100_000)] = 60
    timezone: Zone = "UTC"
    meeting_link: Annotated[str, WebAddress(2000)] = ""
    meeting_location: Annotated[str, Text(255)] = ""
    interviewer_names: Annotated[str, Text()] = ""
    interviewer_titles: Annotated[str, Text(500)] = ""
    status: StatusWord = InterviewStatus.SCHEDULED
    outcome: OutcomeWord = Outcome.PENDING
    preparation_notes: str = ""
    post_interview_notes: str = ""
    questions_asked: str = ""


class InterviewChanges(InterviewIn, partial=True):
    """What a client changes about an interview. What is absent stays as it is."""


class OutcomeIn(Body):
    """How an interview went."""

    status: StatusWord = InterviewStatus.COMPLETED
    outcome: OutcomeWord = Outcome.PENDING
    post_interview_notes: str = ""
