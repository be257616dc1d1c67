"""Jobs that somebody tracks. "Jobs & Market Data" in the document."""

from typing import Annotated, Any

from django.db.models import F
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.copilot.insights import numbers
from onward.apis.copilot.resource import Resource
from onward.apis.copilot.schemas.jobs import Insights, JobChanges, JobIn, JobOut, JobRow
from onward.apis.copilot.searching import (
    Contains,
    JobTypeFilter,
    OnlyRemote,
    PaysAtLeast,
    PaysAtMost,
    UsesAny,
)
from onward.apis.copilot.wording import in_the_words_of
from onward.apis.paging import CountedSlices
from onward.domain.applications import queries, services
from onward.platform.search import Texts
from onward.platform.wire import Id, Whole

router = Router(tags=["Jobs"])

JOBS = Resource(
    queries.saved_jobs,
    row=JobRow,
    whole=JobOut,
    body=JobIn,
    changes=JobChanges,
    order="-created_at",
    called="job",
)
FOUND = Resource(
    lambda: queries.saved_jobs().annotate(techs=Texts(F("tech_stack"))),
    row=JobRow,
    filters={
        "location": Contains("location"),
        "remote_only": OnlyRemote(),
        "job_type": JobTypeFilter(),
        "min_salary": PaysAtLeast(),
        "max_salary": PaysAtMost(),
        "tech_stack": UsesAny("tech_stack"),
    },
    search=("job_title", "company_name", "location", "description", "requirements", "responsibilities", "techs"),
    order="-created_at",
    paging=CountedSlices(search="query"),
    called="job",
)
# The fields at which problems of several are told.
PLACES = {"invalid": "date_applied", "salary_range": "salary_min"}


@router.get("", **JOBS.lists, summary="List jobs")
def list_jobs(request: Request) -> HttpResponse:
    """List the jobs that one tracks, the latest first; `X-Total-Count` says how many there are."""
    return JOBS.page(request)


@router.post("", **JOBS.creates, summary="Track a job")
def create(request: Request, body: JobIn) -> HttpResponse:
    """Track a job by its company and title, or a posting by its number. What is applied for is on the board."""
    owner_id, at = request.auth.user_id, local_time(request)
    with in_the_words_of(JOBS, **PLACES):
        if body.posting_id is not None:
            fields = JOBS.said(request, body)
            posting_id = fields.pop("posting_id")
            job = services.save_posting(owner_id=owner_id, posting_id=posting_id, at=at, **fields)
        else:
            fields = {name: value for name, value in JOBS.fields(request, body).items() if name != "posting_id"}
            job = services.save_job(owner_id=owner_id, at=at, **fields)
    return JOBS.made(request, job)


@router.get("/search", **FOUND.lists, summary="Search jobs")
def search(request: Request) -> HttpResponse:
    """Search the jobs that one tracks; every word must occur. `X-Total-Count` says how many were found."""
    return FOUND.page(request)


@router.get("/insights", response=Insights, by_alias=True, summary="Get jobs in numbers")
def insights(request: Request, timeframe_days: Annotated[int, Whole(1, 3650)] = 30) -> HttpResponse:
    """Return in numbers what one has tracked in so many days."""
    return answer(
        numbers(owner_id=request.auth.user_id, at=request.now, days=timeframe_days).model_dump_json(by_alias=True)
    )


@router.get("/{job_id}", **JOBS.reads, summary="Get a job")
def get_job(request: Request, job_id: Id) -> HttpResponse:
    """Read one job, with the beginning of its description."""
    return JOBS.show(request, job_id)


@router.patch("/{job_id}", **JOBS.changes, summary="Update a job")
def update(request: Request, job_id: Id) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is. Another status moves its application."""
    job = _mine(request, job_id)
    fields = JOBS.given(request, job)
    with in_the_words_of(JOBS, **PLACES):
        services.update_saved_job(saved_job=job, at=local_time(request), **fields)
    return JOBS.show(request, job_id)


@router.delete("/{job_id}", **JOBS.deletes, summary="Delete a job")
def delete(request: Request, job_id: Id) -> HttpResponse:
    """Track a job no longer; its application stays."""
    services.delete_saved_job(saved_job=_mine(request, job_id), at=local_time(request))
    return JOBS.gone()


def _mine(request: Request, pk: int) -> Any:
    return queries.numbered_job(owner_id=request.auth.user_id, pk=pk)
