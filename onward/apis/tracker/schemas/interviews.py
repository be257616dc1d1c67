"""Interviews as the tracker's document shows them."""

from datetime import datetime
from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from onward.domain.interviews.choices import InterviewStatus, InterviewType, Outcome
from onward.domain.interviews.queries import IS_UPCOMING
from onward.platform.wire import MAX_INT4, Body, Choice, From, Id, Instant, Text, WebAddress, Wire, whole

TypeWord = Choice(InterviewType)
StatusWord = Choice(InterviewStatus)
OutcomeWord = Choice(Outcome)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(name: str) -> str:
    if name not in _zones():
        raise PydanticCustomError(
            "zone", '"{name}" is not a time zone. Give an IANA name such as Europe/Berlin.', {"name": name}
        )
    return name


Zone = Annotated[Text(64), AfterValidator(_zone)]


class InterviewRow(Wire):
    """An interview in a list."""

    id: int
    company_name: Annotated[str, From("application__company__name")]
    job_title: Annotated[str, From("application__job_title")]
    round_number: int
    interview_type: Annotated[str, TypeWord]
    scheduled_at: datetime
    duration_minutes: int
    status: Annotated[str, StatusWord]
    outcome: Annotated[str, OutcomeWord]
    is_upcoming: Annotated[bool, IS_UPCOMING]


class InterviewOut(Wire):
    """An interview in full."""

    id: int
    application: Annotated[int, From("application_id")]
    company_name: Annotated[str, From("application__company__name")]
    job_title: Annotated[str, From("application__job_title")]
    round_number: int
    interview_type: Annotated[str, TypeWord]
    scheduled_at: datetime
    duration_minutes: int
    timezone: str
    meeting_link: str
    meeting_location: str
    interviewer_names: str
    interviewer_titles: str
    status: Annotated[str, StatusWord]
    outcome: Annotated[str, OutcomeWord]
    preparation_notes: str
    post_interview_notes: str
    questions_asked: str
    is_upcoming: Annotated[bool, IS_UPCOMING]
    created_at: datetime
    updated_at: datetime


class InterviewIn(Body):
    """What a client says of an interview. Application and time must be given."""

    application: Id
    round_number: whole(1, MAX_INT4) = 1  # type: ignore[valid-type]
    interview_type: TypeWord = InterviewType.PHONE  # type: ignore[valid-type]
    scheduled_at: Instant
    duration_minutes: whole(1, 100_000) = 60  # type: ignore[valid-type]
    timezone: Zone = "UTC"  # type: ignore[valid-type]
    meeting_link: WebAddress(2000) = ""  # type: ignore[valid-type]
    meeting_location: Text(255) = ""  # type: ignore[valid-type]
    interviewer_names: Text(500) = ""  # type: ignore[valid-type]
    interviewer_titles: Text(500) = ""  # type: ignore[valid-type]
    status: StatusWord = InterviewStatus.SCHEDULED  # type: ignore[valid-type]
    outcome: OutcomeWord = Outcome.PENDING  # type: ignore[valid-type]
    preparation_notes: str = ""
    post_interview_notes: str = ""
    questions_asked: str = ""


class InterviewChanges(InterviewIn):
    """What a client changes about an interview. What is absent stays as it is."""

    application: Id = 0
    scheduled_at: Instant | None = None


class OutcomeIn(Body):
    """How an interview went."""

    status: StatusWord = InterviewStatus.COMPLETED  # type: ignore[valid-type]
    outcome: OutcomeWord = Outcome.PENDING  # type: ignore[valid-type]
    post_interview_notes: str = ""
