"""Saved jobs, and the applications that come of them. "Saved Jobs" in the document."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.db import models
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.bodies import sent, takes
from onward.apis.offers.lenses import SAVED_JOB_PRIORITY, SAVED_JOB_STATUS
from onward.apis.offers.lists import Limit, Skip
from onward.apis.offers.own import shown
from onward.apis.offers.routers.applications import application_document
from onward.apis.offers.schemas.applications import ApplicationResponse
from onward.apis.offers.schemas.done import Done
from onward.apis.offers.schemas.saved_jobs import (
    SHOWN,
    PriorityWord,
    SavedJobChanges,
    SavedJobIn,
    SavedJobResponse,
    StatusWord,
    in_the_record,
)
from onward.domain.applications import queries, services
from onward.domain.applications.models import SavedJob
from onward.platform.refusals import Invalid
from onward.platform.wire import EMPTY_IS_NULL, Listing, Reading

router = Router(tags=["Saved jobs"])

LISTING = Listing(
    SavedJobResponse,
    queries.saved_jobs,
    filters={
        "status": lambda word: models.Q(status=word),
        "priority": lambda word: models.Q(priority=word),
    },
    values={"status": models.TextField(), "priority": models.TextField()},
    order=("-created_at",),
)
READING = Reading(SavedJobResponse, lambda: queries.saved_jobs().filter(uid=queries.UID))


def _shown(request: Request, uid: UUID) -> str:
    return shown(request, READING, SavedJob, uid)


@contextmanager
def _in_the_words_of_this_chapter() -> Iterator[None]:
    # It calls a salary otherwise than the chapter about applications does.
    try:
        yield
    except Invalid as refusal:
        fields = {SHOWN.get(name, name): problems for name, problems in refusal.fields.items()}
        raise Invalid(refusal.message, code=refusal.code, fields=fields) from None


@router.get("", response=list[SavedJobResponse], summary="List saved jobs")
def list_saved_jobs(
    request: Request,
    status: Annotated[StatusWord | None, EMPTY_IS_NULL] = None,
    priority: Annotated[PriorityWord | None, EMPTY_IS_NULL] = None,
    skip: Skip = 0,
    limit: Limit = 100,
) -> HttpResponse:
    """List the jobs that one has put aside, the latest first."""
    filters: dict[str, object] = {}
    if status is not None:
        filters["status"] = SAVED_JOB_STATUS.read(status)
    if priority is not None:
        filters["priority"] = SAVED_JOB_PRIORITY.read(priority)
    return answer(LISTING.slice(limit=limit, offset=skip, filters=filters, owner_id=request.auth.user_id))


@router.post("", response={HTTPStatus.CREATED: SavedJobResponse}, summary="Save a job")
def save(request: Request, body: SavedJobIn) -> HttpResponse:
    """Put a job aside, to apply for later or never."""
    with _in_the_words_of_this_chapter():
        fields = in_the_record(body.model_dump())
        saved_job = services.save_job(owner_id=request.auth.user_id, at=local_time(request), **fields)
    return answer(_shown(request, saved_job.uid), HTTPStatus.CREATED)


@router.get("{uid}", response=SavedJobResponse, summary="Get a saved job")
def get_saved_job(request: Request, uid: UUID) -> HttpResponse:
    """Read one saved job."""
    return answer(_shown(request, uid))


@router.put("{uid}", response=SavedJobResponse, summary="Update a saved job", openapi_extra=takes(SavedJobChanges))
def update(request: Request, uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    given = sent(request, SavedJobChanges, shown=_shown(request, uid))
    saved_job = queries.saved_job(owner_id=request.auth.user_id, uid=uid)
    with _in_the_words_of_this_chapter():
        services.update_saved_job(saved_job=saved_job, at=local_time(request), **in_the_record(given, saved_job))
    return answer(_shown(request, uid))


@router.delete("{uid}", response=Done, summary="Delete a saved job")
def delete(request: Request, uid: UUID) -> dict[str, str]:
    """Delete a saved job; an application that came of it stays."""
    saved_job = queries.saved_job(owner_id=request.auth.user_id, uid=uid)
    services.delete_saved_job(saved_job=saved_job, at=local_time(request))
    return {"detail": "Saved job deleted"}


@router.post("{uid}/convert", response={HTTPStatus.CREATED: ApplicationResponse}, summary="Convert a saved job")
def convert(request: Request, uid: UUID) -> HttpResponse:
    """Make an application of a saved job, once."""
    saved_job = queries.saved_job(owner_id=request.auth.user_id, uid=uid)
    application = services.convert(saved_job=saved_job, at=local_time(request))
    return answer(application_document(request, application.uid), HTTPStatus.CREATED)
