"""Texts about jobs: cover letters, advice on tailoring a résumé, emails."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, awaited
from onward.apis.copilot.lenses import CONTENT_KINDS, CONTENT_TYPE, TEMPLATE, TONE
from onward.apis.copilot.resource import Resource
from onward.apis.copilot.schemas.content import ContentIn, ContentOut, ContentRow
from onward.apis.filters import ById, ByLens
from onward.domain.applications.models import SavedJob
from onward.domain.applications.queries import numbered_job
from onward.domain.assistant import queries, services
from onward.domain.assistant.asking import Asked
from onward.domain.assistant.choices import Kind
from onward.domain.resumes.queries import preferred
from onward.platform import throttle
from onward.platform.jobs import answers
from onward.platform.wire import Id

router = Router(tags=["Content"])

CONTENT = Resource(
    lambda: queries.history(CONTENT_KINDS),
    row=ContentRow,
    whole=ContentOut,
    filters={"content_type": ByLens("kind", CONTENT_TYPE), "job_id": ById("saved_job_id")},
    order="-created_at",
    called="content",
)


@router.post("generate", **CONTENT.creates, summary="Generate content")
def generate(request: Request, body: ContentIn) -> HttpResponse:
    """Write a cover letter, advice on tailoring one's résumé or an email about a job, and keep it."""
    owner_id = request.auth.user_id
    asked = _asked(owner_id, numbered_job(owner_id=owner_id, pk=body.job_id), body)
    if settings.THROTTLE:
        throttle.guard(f"ai:{owner_id}", *settings.THROTTLE_AI)
    job_id = services.ask_and_wait(owner_id=owner_id, asked=asked, save=True, at=request.now)

    def made() -> HttpResponse:
        return CONTENT.show(request, answers.take(job_id)["saved_id"], HTTPStatus.CREATED)

    return awaited(request, job_id=job_id, seconds=services.ANSWER_WITHIN, make=made)


@router.get("", **CONTENT.lists, summary="List content")
def list_content(request: Request) -> HttpResponse:
    """List what was written for oneself, the latest first; `X-Total-Count` says how much there is."""
    return CONTENT.page(request)


@router.get("/{content_id}", **CONTENT.reads, summary="Get content")
def get_content(request: Request, content_id: Id) -> HttpResponse:
    """Read one text in full."""
    return CONTENT.show(request, content_id)


@router.delete("/{content_id}", **CONTENT.deletes, summary="Delete content")
def delete(request: Request, content_id: Id) -> HttpResponse:
    """Delete one text."""
    owner_id = request.auth.user_id
    generation = queries.generation(owner_id=owner_id, pk=content_id, kinds=CONTENT_KINDS)
    services.delete(generation=generation, at=request.now)
    return CONTENT.gone()


def _asked(owner_id: int, job: SavedJob, body: ContentIn) -> Asked:
    """Return what is asked for about a job: of the account nothing but its résumé."""
    parts = (job.description, job.requirements, job.responsibilities)
    return Asked(
        kind=Kind(CONTENT_TYPE.read(body.content_type)),
        posting="\n\n".join(part for part in parts if part.strip()),
        resume_id=preferred(owner_id=owner_id),
        company_name=job.company_name,
        job_title=job.job_title,
        tone=TONE.read(body.tone),
        template=TEMPLATE.read(body.template_type),
        instructions=body.custom_instructions or "",
        application_id=job.application_id,
        saved_job_id=job.pk,
        is_general_without_resume=True,
    )
