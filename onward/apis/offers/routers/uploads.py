"""Uploading the file of a résumé."""

import json
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.offers.routers.resumes import VERSIONS
from onward.apis.offers.schemas.resumes import UPLOAD_FORM, ResumeUploadResponse
from onward.domain.resumes import queries, services
from onward.platform.refusals import Invalid

router = Router(tags=["File Upload"])

LARGEST = 10 * 1024 * 1024
SENTENCES = {
    "file_is_empty": "The file is empty",
    "file_is_too_large": "File too large (max 10 MB)",
    "file_is_no_document": "Only PDF and Word documents are allowed",
}


@router.post(
    "resumes/{resume_id}",
    response=ResumeUploadResponse,
    summary="Upload a resume's file",
    openapi_extra=UPLOAD_FORM,
)
def upload(request: Request, resume_id: UUID) -> HttpResponse:
    """Upload a PDF or Word document of at most 10 MB. It takes the place of the file that was there, or elsewhere."""
    file = _file(request)
    resume = queries.version(owner_id=request.auth.user_id, uid=resume_id)
    try:
        services.replace_file(
            owner_id=request.auth.user_id,
            resume_id=resume.pk,
            file=file,
            file_name=file.name or "",
            largest=LARGEST,
            at=local_time(request),
        )
    except services.Unaccepted as problem:
        said = SENTENCES.get(problem.code, problem.message.removesuffix("."))
        raise Invalid(said, code=problem.code) from None
    shown = VERSIONS.document(VERSIONS.reading, request, resume_id)
    return answer(f'{{"file_url":{json.dumps(json.loads(shown)["file_url"])},"resume":{shown}}}')


def _file(request: Request) -> UploadedFile:
    try:
        file = request.FILES.get("file")
    except MultiPartParserError:
        raise Invalid("The form cannot be read") from None
    if not isinstance(file, UploadedFile):
        raise Invalid(fields={"file": ["Field required"]}, code="missing")
    return file
