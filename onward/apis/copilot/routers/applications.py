"""Applications and their board. "Applications & Pipelines" in the document."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.copilot.board import Boards, place
from onward.apis.copilot.lenses import STATUS
from onward.apis.copilot.resource import Resource
from onward.apis.copilot.schemas.applications import (
    ApplicationChanges,
    ApplicationIn,
    ApplicationOut,
    Failure,
    Feedback,
    MoveIn,
    MovesIn,
    MovesOut,
)
from onward.apis.copilot.wording import in_the_words_of
from onward.apis.filters import ByLens
from onward.domain.applications import queries, services
from onward.domain.applications.choices import Source, Status
from onward.platform.record import missing
from onward.platform.refusals import Missing, Refusal
from onward.platform.wire import MAX_INT8, Id

router = Router(tags=["Applications"])
bulk = Router(tags=["Applications"])

APPLICATIONS = Resource(
    lambda: queries.applications().annotate(place=place()),
    row=ApplicationOut,
    body=ApplicationIn,
    changes=ApplicationChanges,
    filters={"status": ByLens("status", STATUS)},
    orders={"created_at": "created_at", "updated_at": "updated_at", "applied_date": "applied_date", "status": "place"},
    order="-created_at",
    paging=Boards(usual=100, most=1000),
)
# The record's names for what hangs on an application, and the field at which its dates are told to contradict.
PLACES = {"invalid": "response_date"}


@router.get("", **APPLICATIONS.lists, summary="List applications")
def list_applications(request: Request) -> HttpResponse:
    """List one's applications, the latest first unless another order is asked for, and count the whole board."""
    return APPLICATIONS.page(request)


@router.post("", **APPLICATIONS.creates, summary="Create an application")
def create(request: Request, body: ApplicationIn) -> HttpResponse:
    """Apply for one of one's jobs, or for a company and a title. What a job's status has made already is adopted."""
    owner_id, at = request.auth.user_id, local_time(request)
    fields = _recorded(APPLICATIONS.said(request, body), at)
    with in_the_words_of(APPLICATIONS, **PLACES):
        if body.job_id is not None:
            job = queries.numbered_job(owner_id=owner_id, pk=body.job_id)
            application = services.apply_for(saved_job=job, at=at, **fields)
        else:
            fields = {"status": Status.WISHLIST, "source": Source.OTHER, **fields}
            application = services.create_at(owner_id=owner_id, at=at, sent_on=at.date(), **fields)
    return APPLICATIONS.made(request, application)


@router.patch("/{application_id}", **APPLICATIONS.changes, summary="Update an application")
def update(request: Request, application_id: Id) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    at, application = local_time(request), _mine(request, application_id)
    fields = _recorded(APPLICATIONS.given(request, application), at)
    with in_the_words_of(APPLICATIONS, **PLACES):
        services.update(application=application, at=at, sent_on=at.date(), **fields)
    return APPLICATIONS.show(request, application_id)


@router.delete("/{application_id}", **APPLICATIONS.deletes, summary="Delete an application")
def delete(request: Request, application_id: Id) -> HttpResponse:
    """Delete an application with all that hangs on it. The job that it was for is free again."""
    services.delete(application=_mine(request, application_id), at=local_time(request))
    return APPLICATIONS.gone()


@router.post("/{application_id}/status", **APPLICATIONS.reads, summary="Move an application")
def move(request: Request, application_id: Id, body: MoveIn) -> HttpResponse:
    """Move an application to another column. Notes are added to those that it has."""
    at, application = local_time(request), _mine(request, application_id)
    to = STATUS.read(body.status, application.status)
    with in_the_words_of(APPLICATIONS, **PLACES):
        services.update(application=application, at=at, sent_on=at.date(), status=to, added_notes=body.notes or "")
    return APPLICATIONS.show(request, application_id)


@bulk.post("/status", response=MovesOut, summary="Move many applications")
def move_many(request: Request, body: MovesIn) -> HttpResponse:
    """Move applications to another column, each by itself: what cannot be moved is told and holds up no other."""
    at = local_time(request)
    moved: list[int] = []
    failures: list[Failure] = []
    for index, pk in enumerate(body.ids):
        try:
            application = _mine(request, pk)
            to = STATUS.read(body.status, application.status)
            services.update(application=application, at=at, sent_on=at.date(), status=to)
        except Refusal as refusal:
            failures.append(Failure(index=index, id=pk, error=refusal.message.removesuffix(".")))
        else:
            moved.append(pk)
    found = MovesOut(
        total=len(body.ids), successful=len(moved), failed=len(failures), updated_ids=moved, errors=failures
    )
    return answer(found.model_dump_json())


def _mine(request: Request, pk: int) -> Any:
    """Return one of somebody's applications.

    :raises Missing: when there is none of that number, or it is another's
    """
    try:
        if abs(pk) > MAX_INT8:
            raise Missing()
        return queries.application(owner_id=request.auth.user_id, pk=pk)
    except Missing:
        raise missing("application") from None


def _recorded(fields: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Return fields as the services take them, without the job, which is found by itself.

    :param at: a time on the owner's clock, by which an hour is meant that says no other
    """
    found = {name: value for name, value in fields.items() if name not in {"attachments", "job_id"}}
    if "attachments" in fields:
        found["documents"] = [(each["name"], each.get("url") or "") for each in fields["attachments"]]
    if (moment := fields.get("interview_date")) and moment.tzinfo is None:
        found["interview_date"] = moment.replace(tzinfo=at.tzinfo).astimezone(UTC)
    if fields.get("interview_feedback"):
        found["interview_feedback"] = Feedback.model_validate(fields["interview_feedback"]).model_dump()
    return found
