"""Interviews. Section 5 of the document."""

from datetime import UTC
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.tracker.filters import ById, ByLens, ByWord, Filters, list_parameters, text_asked
from onward.apis.tracker.lenses import DURATION, INTERVIEW_TYPE
from onward.apis.tracker.paging import Paged, paged
from onward.apis.tracker.schemas.interviews import (
    InterviewChanges,
    InterviewIn,
    InterviewOut,
    InterviewRow,
    OutcomeIn,
)
from onward.domain.interviews import queries, services
from onward.domain.interviews.choices import InterviewStatus, Outcome
from onward.domain.interviews.models import Interview
from onward.platform.lens import Lens, Unset
from onward.platform.wire import Id, Listing, Reading

router = Router(tags=["Interviews"])

LENSES: dict[str, Lens | Unset] = {"interview_type": INTERVIEW_TYPE, "duration_minutes": DURATION}
FILTERS = Filters(
    status=ByWord("status", InterviewStatus),
    outcome=ByWord("outcome", Outcome),
    interview_type=ByLens("interview_type", INTERVIEW_TYPE),
    application=ById("application_id"),
)
ORDERS = ("scheduled_at", "created_at", "round_number")
LISTING = Listing(
    InterviewRow,
    queries.interviews,
    filters=FILTERS.conditions,
    values=FILTERS.values,
    search=("application__job_title", "application__company__name", "interviewer_names"),
    orders={name: name for name in ORDERS},
    order=("scheduled_at",),
)
READING = Reading(InterviewOut, lambda: queries.interviews().filter(pk=queries.KEY))
UPCOMING = Reading(InterviewRow, queries.upcoming)
BETWEEN = Reading(InterviewRow, queries.between)


def _clock(request: Request) -> dict[str, Any]:
    """Give what the statements take to tell what is to come."""
    return {"now": request.now, "today": local_time(request).date()}


def _interview(request: Request, pk: int, status: int = HTTPStatus.OK) -> HttpResponse:
    return answer(READING.required(owner_id=request.auth.user_id, pk=pk, **_clock(request)), status)


@router.get(
    "",
    response=Paged[InterviewRow],
    summary="List interviews",
    openapi_extra=list_parameters(FILTERS, search="job title, company name, interviewers", orders=ORDERS),
)
def list_interviews(request: Request) -> HttpResponse:
    """List one's interviews, by their time unless another order is asked for."""
    return paged(
        request,
        LISTING,
        filters=FILTERS.read(request),
        search=text_asked(request, "search"),
        order=text_asked(request, "ordering"),
        owner_id=request.auth.user_id,
        **_clock(request),
    )


@router.post("", response={HTTPStatus.CREATED: InterviewOut}, summary="Create an interview")
def create(request: Request, body: InterviewIn) -> HttpResponse:
    """Take an interview into one's record. A time without a zone is one in `timezone`."""
    fields = _record_fields(body.model_dump(), zone=body.timezone)
    interview = services.create(owner_id=request.auth.user_id, at=local_time(request), **fields)
    return _interview(request, interview.pk, HTTPStatus.CREATED)


@router.get("upcoming/", response=list[InterviewRow], summary="List upcoming interviews")
def upcoming(request: Request) -> HttpResponse:
    """List the interviews that are scheduled and still to come, the next first."""
    return answer(UPCOMING.all(owner_id=request.auth.user_id, **_clock(request)))


@router.get("today/", response=list[InterviewRow], summary="List today's interviews")
def today(request: Request) -> HttpResponse:
    """List the interviews of today, on the clock of the person who asks."""
    begin, end = queries.day(local_time(request))
    return answer(BETWEEN.all(owner_id=request.auth.user_id, **_clock(request), begin=begin, end=end))


@router.get("{interview_id}/", response=InterviewOut, summary="Get an interview")
def get_interview(request: Request, interview_id: Id) -> HttpResponse:
    """Read one interview."""
    return _interview(request, interview_id)


@router.put("{interview_id}/", response=InterviewOut, summary="Update an interview")
def replace(request: Request, interview_id: Id, body: InterviewIn) -> HttpResponse:
    """Change an interview. Application and time must be sent; what else is absent stays as it is."""
    return _update(request, interview_id, body.model_dump(exclude_unset=True))


@router.patch("{interview_id}/", response=InterviewOut, summary="Update an interview in part")
def update(request: Request, interview_id: Id, body: InterviewChanges) -> HttpResponse:
    """Change what is sent; what is absent stays as it is."""
    return _update(request, interview_id, body.model_dump(exclude_unset=True))


@router.patch("{interview_id}/outcome/", response=InterviewOut, summary="Say how an interview went")
def set_outcome(request: Request, interview_id: Id, body: OutcomeIn) -> HttpResponse:
    """Change status, outcome and notes; what is absent stays as it is."""
    return _update(request, interview_id, body.model_dump(exclude_unset=True))


@router.delete("{interview_id}/", response={HTTPStatus.NO_CONTENT: None}, summary="Delete an interview")
def delete(request: Request, interview_id: Id) -> HttpResponse:
    """Delete an interview."""
    interview = queries.interview(owner_id=request.auth.user_id, pk=interview_id)
    services.delete(interview=interview, at=local_time(request))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _update(request: Request, interview_id: int, sent: dict[str, Any]) -> HttpResponse:
    interview = queries.interview(owner_id=request.auth.user_id, pk=interview_id)
    changes = _record_fields(sent, zone=sent.get("timezone", interview.timezone), interview=interview)
    services.update(interview=interview, at=local_time(request), **changes)
    return _interview(request, interview_id)


def _record_fields(fields: dict[str, Any], *, zone: str, interview: Interview | None = None) -> dict[str, Any]:
    """Give what a client sent in the record's names and words, with its time as an instant."""
    if "application" in fields:
        fields["application_id"] = fields.pop("application")
    for name, lens in LENSES.items():
        if name in fields and interview is not None:
            fields[name] = lens.read(fields[name], getattr(interview, name))
    time = fields.get("scheduled_at")
    if time is not None and time.tzinfo is None:
        fields["scheduled_at"] = time.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return fields
