"""Interviews. Section 5 of the document."""

from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, context, local_time
from onward.apis.filters import ById, ByLens, ByWord
from onward.apis.tracker.lenses import INTERVIEW_TYPE
from onward.apis.tracker.resource import Resource
from onward.apis.tracker.schemas.interviews import (
    InterviewChanges,
    InterviewIn,
    InterviewOut,
    InterviewRow,
    OutcomeIn,
)
from onward.domain.interviews import queries, services
from onward.domain.interviews.choices import InterviewStatus, Outcome
from onward.platform.wire import Body, Id, Reading

router = Router(tags=["Interviews"])

INTERVIEWS = Resource(
    queries.interviews,
    row=InterviewRow,
    whole=InterviewOut,
    body=InterviewIn,
    changes=InterviewChanges,
    filters={
        "status": ByWord("status", InterviewStatus),
        "outcome": ByWord("outcome", Outcome),
        "interview_type": ByLens("interview_type", INTERVIEW_TYPE),
        "application": ById("application_id"),
    },
    search={
        "application__job_title": "job title",
        "application__company__name": "company name",
        "interviewer_names": "interviewers",
    },
    orders=("scheduled_at", "created_at", "round_number"),
    order="scheduled_at",
)
UPCOMING = Reading(InterviewRow, queries.upcoming)
BETWEEN = Reading(InterviewRow, queries.between)


@router.get("", **INTERVIEWS.lists, summary="List interviews")
def list_interviews(request: Request) -> HttpResponse:
    """List one's interviews, by their time unless another order is asked for."""
    return INTERVIEWS.page(request)


@router.post("", **INTERVIEWS.creates, summary="Create an interview")
def create(request: Request, body: InterviewIn) -> HttpResponse:
    """Take an interview into one's record. A time without a zone is one in `timezone`."""
    fields = _at_an_instant(INTERVIEWS.fields(request, body), zone=body.timezone)
    return INTERVIEWS.made(request, services.create(owner_id=request.auth.user_id, at=local_time(request), **fields))


@router.get("upcoming/", response=list[InterviewRow], summary="List upcoming interviews")
def upcoming(request: Request) -> HttpResponse:
    """List the interviews that are scheduled and still to come, the next first."""
    return answer(UPCOMING.all(**context(request)))


@router.get("today/", response=list[InterviewRow], summary="List today's interviews")
def today(request: Request) -> HttpResponse:
    """List the interviews of today, on the clock of the person who asks."""
    begin, end = queries.day(local_time(request))
    return answer(BETWEEN.all(**context(request), begin=begin, end=end))


@router.get("{interview_id}/", **INTERVIEWS.reads, summary="Get an interview")
def get_interview(request: Request, interview_id: Id) -> HttpResponse:
    """Read one interview."""
    return INTERVIEWS.show(request, interview_id)


@router.put("{interview_id}/", **INTERVIEWS.replaces, summary="Update an interview")
def replace(request: Request, interview_id: Id) -> HttpResponse:
    """Change an interview. Application and time must be sent; what else is absent stays as it is."""
    return _change(request, interview_id)


@router.patch("{interview_id}/", **INTERVIEWS.changes, summary="Update an interview in part")
def update(request: Request, interview_id: Id) -> HttpResponse:
    """Change what is sent; what is absent stays as it is."""
    return _change(request, interview_id)


@router.patch("{interview_id}/outcome/", **INTERVIEWS.changed_by(OutcomeIn), summary="Say how an interview went")
def set_outcome(request: Request, interview_id: Id) -> HttpResponse:
    """Change status, outcome and notes; what is absent stays as it is."""
    return _change(request, interview_id, OutcomeIn)


@router.delete("{interview_id}/", **INTERVIEWS.deletes, summary="Delete an interview")
def delete(request: Request, interview_id: Id) -> HttpResponse:
    """Delete an interview."""
    interview = queries.interview(owner_id=request.auth.user_id, pk=interview_id)
    services.delete(interview=interview, at=local_time(request))
    return INTERVIEWS.gone()


def _change(request: Request, pk: int, body: type[Body] | None = None) -> HttpResponse:
    interview = queries.interview(owner_id=request.auth.user_id, pk=pk)
    changes = INTERVIEWS.given(request, interview, body)
    changes = _at_an_instant(changes, zone=changes.get("timezone", interview.timezone))
    services.update(interview=interview, at=local_time(request), **changes)
    return INTERVIEWS.show(request, pk)


def _at_an_instant(fields: dict[str, Any], *, zone: str) -> dict[str, Any]:
    """Return when an interview is as an instant. :param zone: of a time without one"""
    time = fields.get("scheduled_at")
    if time is not None and time.tzinfo is None:
        fields["scheduled_at"] = time.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return fields
