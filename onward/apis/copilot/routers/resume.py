"""Résumés: uploaded, read, and taken into the profile as far as their owner wishes."""

from http import HTTPStatus

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.copilot import uploads
from onward.apis.copilot.schemas.resume import FORM, ApplyIn, ApplyOut, StatusOut, UploadOut
from onward.domain.resumes.uploads import queries, services
from onward.platform.refusals import Invalid
from onward.platform.wire import Id

router = Router(tags=["Résumés"])


@router.post("upload", response={HTTPStatus.ACCEPTED: UploadOut}, summary="Upload a résumé", openapi_extra=FORM)
def upload(request: Request) -> HttpResponse:
    """Upload a PDF or Word document of at most 10 MB. It is read by a job, and becomes the default when it has been."""
    file = _file(request)
    owner_id = request.auth.user_id
    made = services.receive(owner_id=owner_id, file=file, file_name=file.name or "", at=local_time(request))
    shown = uploads.received(queries.upload(owner_id=owner_id, resume_id=made))
    return answer(shown.model_dump_json(), HTTPStatus.ACCEPTED)


@router.get("{upload_id}/status", response=StatusOut, summary="Watch a résumé being read")
def status(request: Request, upload_id: Id) -> HttpResponse:
    """Tell how far the reading is; in the end, what the résumé says and what of it the profile has not."""
    found = queries.upload(owner_id=request.auth.user_id, resume_id=upload_id)
    return answer(uploads.status(found, at=request.now).model_dump_json())


@router.post("{upload_id}/apply-suggestions", response=ApplyOut, summary="Apply a résumé's suggestions")
def apply_suggestions(request: Request, upload_id: Id, body: ApplyIn) -> HttpResponse:
    """Take what is named into the profile, and pass over the rest that is named. Both are remembered."""
    decision = services.decide(
        owner_id=request.auth.user_id,
        resume_id=upload_id,
        skills=body.skills,
        level=body.experience_level,
        skip=body.skip,
        at=request.now,
    )
    found = queries.upload(owner_id=request.auth.user_id, resume_id=upload_id)
    return answer(uploads.applied(found, decision, at=request.now).model_dump_json())


def _file(request: Request) -> UploadedFile:
    try:
        file = request.FILES.get("file")
    except MultiPartParserError:
        raise Invalid("The form cannot be read", fields={"file": ["The form cannot be read."]}) from None
    if not isinstance(file, UploadedFile):
        raise Invalid(fields={"file": ["Field required"]}, code="missing")
    return file
