"""Résumés: versions with their private files. Section 4 of the document, "Resume Management"."""

from http import HTTPStatus

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.tracker.paging import Paged, envelope, page_asked
from onward.apis.tracker.schemas.resumes import FILE, UPLOAD_FORM, ResumeVersion, upload_of
from onward.domain.resumes import queries, services
from onward.domain.resumes.models import Resume
from onward.domain.resumes.names import size_in_words
from onward.platform import storage
from onward.platform.refusals import Forbidden, Missing
from onward.platform.tokens.bearer import shown, signed_in
from onward.platform.wire import Id

router = Router(tags=["Resumes"])


def token_or_link(request: HttpRequest) -> object:
    """Ask for the token, except where there is a link: the endpoint checks that against the file that it is for."""
    return "link" if "signature" in request.GET else signed_in(request)


@router.get("", response=Paged[ResumeVersion], summary="List resume versions")
def list_resumes(request: Request) -> HttpResponse:
    """List one's versions: the default first, then the latest."""
    number, size = page_asked(request)
    every = queries.resumes(owner_id=request.auth.user_id)
    begin = (number - 1) * size
    rows = list(every[begin : begin + size])
    if not rows and number > 1:
        raise Missing("Invalid page.")
    # A page that is not full is the last one, and tells how many there are.
    count = begin + len(rows) if len(rows) < size else every.count()
    return answer(
        envelope(
            request, number=number, size=size, count=count, rows=f"[{','.join(_json(request, row) for row in rows)}]"
        )
    )


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
        at=request.now,
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
    resume = queries.with_file(resume_id=resume_id)
    key = resume.file_key if resume else ""
    if not (resume and storage.is_good(key, expires=expires, signature=signature, at=request.now)):
        if shown(request) is None:
            # The same for every id: a link tells nothing of what it does not open.
            raise Forbidden("This link is not valid, or not any more.")
        resume = queries.resume(owner_id=signed_in(request).user_id, resume_id=resume_id)
    return storage.download(resume.file_key, name=resume.file_name, content_type=resume.content_type)


def _json(request: Request, resume: Resume) -> str:
    return ResumeVersion(
        id=resume.pk,
        version_name=resume.version_name,
        file_url=_link(request, resume) if resume.file_key else "",
        file_name=resume.file_name,
        file_size=resume.file_size,
        file_size_display=size_in_words(resume.file_size),
        cloudinary_public_id=resume.file_key.rpartition(".")[0],
        is_default=resume.is_default,
        created_at=resume.created_at,
    ).model_dump_json()


def _link(request: Request, resume: Resume) -> str:
    expires = int((request.now + storage.LIFETIME).timestamp())
    signature = storage.sign(resume.file_key, expires=expires)
    path = f"{request.api_prefix}/api/v1/applications/resumes/{resume.pk}/file/"
    return request.build_absolute_uri(f"{path}?expires={expires}&signature={signature}")
