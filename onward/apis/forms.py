"""Forms with files, whatever the method: Django reads them of POST only."""

from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from onward.platform.refusals import Invalid

MULTIPART = "multipart/form-data"


def is_form(request: HttpRequest) -> bool:
    """Return whether a request's body is a form with files."""
    return (request.content_type or "").lower() == MULTIPART


def read_form(request: HttpRequest) -> tuple[dict[str, str], dict[str, UploadedFile]]:
    """Read a form with files. :returns: its texts and its files, by name; of several of a name the last

    :raises Invalid: when it cannot be read
    """
    texts: Any
    files: Any
    try:
        if request.method == "POST":
            texts, files = request.POST, request.FILES
        else:
            texts, files = request.parse_file_upload(request.META, cast("BinaryIO", request))
    except MultiPartParserError:
        raise Invalid("The form cannot be read.") from None
    return {name: str(texts[name]) for name in texts}, {name: files[name] for name in files}
