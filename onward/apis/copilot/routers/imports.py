"""Importing applications. "CSV/JSON ingestion" in the document."""

import json

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.copilot.exchanging import TERMS
from onward.apis.copilot.schemas.imports import FORM, Imported
from onward.domain.exchange.importing import take_strictly
from onward.platform.refusals import Invalid

router = Router(tags=["Import and export"])

LARGEST = 10 * 1024 * 1024


@router.post("/applications", response=Imported, summary="Import applications", openapi_extra=FORM)
def import_applications(request: Request) -> HttpResponse:
    """Import applications from a CSV file, an Excel workbook, a JSON array or the archive of one's data from LinkedIn.

    What is in the record already is passed over. A row of which something cannot be read fails, and holds up no other.
    """
    file = _file(request)
    if (file.size or 0) > LARGEST:
        raise Invalid(fields={"file": ["The file is larger than 10 MB."]}, code="file")
    done = take_strictly(file.read(), owner_id=request.auth.user_id, at=local_time(request), terms=TERMS)
    document = {
        "success": not done.failed,
        "total_records": done.total,
        "successful": len(done.created),
        "failed": done.failed,
        "duplicates": done.duplicates,
        "errors": [
            {"row_number": each.row_number, "field": each.field, "error": each.error, "value": each.value}
            for each in done.problems
        ],
        "created_ids": done.created,
    }
    return answer(json.dumps(document))


def _file(request: Request) -> UploadedFile:
    try:
        file = request.FILES.get("file")
    except MultiPartParserError:
        raise Invalid("The form cannot be read", fields={"file": ["The form cannot be read."]}) from None
    if not isinstance(file, UploadedFile):
        raise Invalid(fields={"file": ["Field required"]}, code="missing")
    return file
