"""Saved jobs, and the applications that come of them. "Saved Jobs" in the document."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, local_time
from onward.apis.filters import ByLens
from onward.apis.offers.lenses import SAVED_JOB_PRIORITY, SAVED_JOB_STATUS
from onward.apis.offers.resource import Resource
from onward.apis.offers.routers.applications import APPLICATIONS
from onward.apis.offers.schemas.saved_jobs import SavedJobChanges, SavedJobIn, SavedJobResponse
from onward.domain.applications import queries, services
from onward.platform.refusals import Invalid

router = Router(tags=["Saved jobs"])

SAVED_JOBS = Resource(
    queries.saved_jobs,
    row=SavedJobResponse,
    body=SavedJobIn,
    changes=SavedJobChanges,
    filters={"status": ByLens("status", SAVED_JOB_STATUS), "priority": ByLens("priority", SAVED_JOB_PRIORITY)},
    order="-created_at",
)


@router.get("", **SAVED_JOBS.lists, summary="List saved jobs")
def list_saved_jobs(request: Request) -> HttpResponse:
    """List the jobs that one has put aside, the latest first."""
    return SAVED_JOBS.page(request)


@router.post("", **SAVED_JOBS.creates, summary="Save a job")
def save(request: Request, body: SavedJobIn) -> HttpResponse:
    """Put a job aside, to apply for later or never."""
    fields = SAVED_JOBS.fields(request, body)
    with _in_the_words_of_this_chapter():
        saved_job = services.save_job(owner_id=request.auth.user_id, at=local_time(request), **fields)
    return SAVED_JOBS.made(request, saved_job)


@router.get("{uid}", **SAVED_JOBS.reads, summary="Get a saved job")
def get_saved_job(request: Request, uid: UUID) -> HttpResponse:
    """Read one saved job."""
    return SAVED_JOBS.show(request, uid)


@router.put("{uid}", **SAVED_JOBS.changes, summary="Update a saved job")
def update(request: Request, uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    saved_job = queries.saved_job(owner_id=request.auth.user_id, uid=uid)
    fields = SAVED_JOBS.given(request, saved_job)
    with _in_the_words_of_this_chapter():
        services.update_saved_job(saved_job=saved_job, at=local_time(request), **fields)
    return SAVED_JOBS.show(request, uid)


@router.delete("{uid}", **SAVED_JOBS.deletes, summary="Delete a saved job")
def delete(request: Request, uid: UUID) -> HttpResponse:
    """Delete a saved job; an application that came of it stays."""
    saved_job = queries.saved_job(owner_id=request.auth.user_id, uid=uid)
    services.delete_saved_job(saved_job=saved_job, at=local_time(request))
    return SAVED_JOBS.gone()


@router.post("{uid}/convert", **APPLICATIONS.creates, summary="Convert a saved job")
def convert(request: Request, uid: UUID) -> HttpResponse:
    """Make an application of a saved job, once."""
    saved_job = queries.saved_job(owner_id=request.auth.user_id, uid=uid)
    return APPLICATIONS.made(request, services.convert(saved_job=saved_job, at=local_time(request)))


@contextmanager
def _in_the_words_of_this_chapter() -> Iterator[None]:
    # It calls a salary otherwise than the chapter about applications does.
    try:
        yield
    except Invalid as refusal:
        fields = {SAVED_JOBS.names.get(name, name): problems for name, problems in refusal.fields.items()}
        raise Invalid(refusal.message, code=refusal.code, fields=fields) from None
