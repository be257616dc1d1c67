"""What the tracker says and hears about résumés."""

from datetime import datetime
from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from onward.apis.files import upload_form
from onward.domain.resumes.choices import Standing
from onward.platform.refusals import Invalid
from onward.platform.wire import Wire

YES = {"true", "1", "on", "yes"}
NO = {"false", "0", "off", "no", "", "null"}


class ResumeVersion(Wire):
    """One version of a résumé. ``file_url`` is good for an hour; ask again for a new one."""

    id: int
    version_name: str
    file_url: str
    file_name: str
    file_size: int
    file_size_display: str
    cloudinary_public_id: str
    is_default: bool
    created_at: datetime


class Upload(NamedTuple):
    """An upload's form, read and not yet judged."""

    file: UploadedFile
    file_name: str
    version_name: str
    standing: Standing


UPLOAD_FORM = upload_form(
    "PDF or Word document (DOC, DOCX), at most 5 MB",
    version_name={"type": "string", "minLength": 1, "maxLength": 255},
    is_default={"type": "boolean", "default": False},
)


def upload_of(request: HttpRequest) -> Upload:
    """Read the form of an upload.

    :raises Invalid: when it cannot be read, or lacks what it must have
    """
    try:
        fields, files = request.POST, request.FILES
    except MultiPartParserError:
        raise Invalid("The form cannot be read.") from None
    file, name = files.get("file"), fields.get("version_name")
    word = fields.get("is_default", "").strip().lower()
    problems: dict[str, list[str]] = {}
    if not isinstance(file, UploadedFile):
        problems["file"] = ["No file was submitted."]
    if name is None:
        problems["version_name"] = ["This field is required."]
    if word not in YES | NO:
        problems["is_default"] = ["Must be a valid boolean."]
    if problems or not isinstance(file, UploadedFile) or name is None:
        raise Invalid(fields=problems)
    return Upload(file, file.name or "", name, Standing.DEFAULT if word in YES else Standing.BESIDE)
