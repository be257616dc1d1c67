"""Résumés: versions with their private files. Section 4 of the document, "Resume Management"."""

from http import HTTPStatus

from django.http import FileResponse, HttpResponse
from ninja import Router

from onward.apis import files
from onward.apis.base import Request, answer, local_time
from onward.apis.files import FILE, link, token_or_link
from onward.apis.paging import Paged
from onward.apis.tracker.resource import PAGES
from onward.apis.tracker.schemas.resumes import UPLOAD_FORM, ResumeVersion, upload_of
from onward.domain.resumes import queries, services
from onward.domain.resumes.models import Resume
from onward.domain.resumes.names import size_in_words
from onward.platform.refusals import Missing
from onward.platform.wire import Id

router = Router(tags=["Resumes"])


@router.get("", response=Paged[ResumeVersion], summary="List resume versions")
def list_resumes(request: Request) -> HttpResponse:
    """List one's versions: the default first, then the latest."""
    number, size = PAGES.asked(request)
    every = queries.resumes(owner_id=request.auth.user_id)
    begin = (number - 1) * size
    rows = list(every[begin : begin + size])
    if not rows and number > 1:
        raise Missing("Invalid page.")
    # A page that is not full is the last one, and tells how many there are.
    count = begin + len(rows) if len(rows) < size else every.count()
    return answer(PAGES.envelope(request, count=count, rows=f"[{','.join(_json(request, row) for row in rows)}]"))


@router.post(
    "upload/",
    response={HTTPStatus.CREATED: ResumeVersion},
    summary="Upload a resume version",
    openapi_extra=UPLOAD_FORM,
)
def upload(request: Request) -> HttpResponse:
    """Upload a PDF or Word document of at most 5 MB. The first one becomes the default."""
    form = upload_of(request)
    resume = services.upload(
        owner_id=request.auth.user_id,
        file=form.file,
        file_name=form.file_name,
        version_name=form.version_name,
        standing=form.standing,
        at=local_time(request),
    )
    return answer(_json(request, resume), HTTPStatus.CREATED)


@router.get("{resume_id}/", response=ResumeVersion, summary="Get a resume version")
def get_resume(request: Request, resume_id: Id) -> HttpResponse:
    """Read one version."""
    return answer(_json(request, queries.resume(owner_id=request.auth.user_id, resume_id=resume_id)))


@router.delete("{resume_id}/", response={HTTPStatus.NO_CONTENT: None}, summary="Delete a resume version")
def delete(request: Request, resume_id: Id) -> HttpResponse:
    """Delete a version and its file. If it was the default, the latest of the others becomes it."""
    services.delete(owner_id=request.auth.user_id, resume_id=resume_id, at=request.now)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@router.post("{resume_id}/set-default/", response=ResumeVersion, summary="Make a resume version the default")
def set_default(request: Request, resume_id: Id) -> HttpResponse:
    """Mark a version as the default; the one before it is not any more."""
    resume = services.set_default(owner_id=request.auth.user_id, resume_id=resume_id, at=request.now)
    return answer(_json(request, resume))


@router.get("{resume_id}/file/", auth=token_or_link, summary="Download a resume's file", openapi_extra=FILE)
def download(request: Request, resume_id: Id, expires: str = "", signature: str = "") -> FileResponse:
    """Download the file: as its owner, or by the link in ``file_url``, which carries ``expires`` and ``signature``."""
    found = queries.with_file(pk=resume_id)
    return files.download(
        request,
        found,
        lambda owner_id: queries.resume(owner_id=owner_id, resume_id=resume_id),
        expires=expires,
        signature=signature,
    )


def _json(request: Request, resume: Resume) -> str:
    return ResumeVersion(
        id=resume.pk,
        version_name=resume.version_name,
        file_url=_address(request, resume),
        file_name=resume.file_name,
        file_size=resume.file_size,
        file_size_display=size_in_words(resume.file_size),
        cloudinary_public_id=resume.file_key.rpartition(".")[0],
        is_default=resume.is_default,
        created_at=resume.created_at,
    ).model_dump_json()


def _address(request: Request, resume: Resume) -> str:
    if not resume.file_key:
        return resume.external_url
    return link(request, f"/api/v1/applications/resumes/{resume.pk}/file/", key=resume.file_key)
