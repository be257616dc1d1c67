"""Exports: the record as files. Section 11 of the document."""

from collections.abc import Iterator
from typing import Annotated, Any

from django.http import StreamingHttpResponse
from ninja import Router
from pydantic import Field

from onward.apis.base import Request, local_time
from onward.domain.applications.choices import Status
from onward.domain.exchange import exporting
from onward.domain.interviews.choices import InterviewStatus

router = Router(tags=["Exports"])


def _status(choices: Any) -> Any:
    # Any word is let in here; the exporter refuses those it does not know, in the envelope of a field's error.
    return Field(description="Only those of this status", json_schema_extra={"enum": ["", *choices.values]})


def _sends(media_type: str, description: str) -> dict[str, Any]:
    schema = {"type": "string"} if media_type == "text/csv" else {"type": "string", "format": "binary"}
    return {"responses": {200: {"description": description, "content": {media_type: {"schema": schema}}}}}


@router.get("applications/", summary="Export applications", openapi_extra=_sends("text/csv", "Applications as CSV"))
def export_applications(request: Request, status: Annotated[str, _status(Status)] = "") -> StreamingHttpResponse:
    """Download one's applications, all of them or those of one status."""
    at = local_time(request)
    parts = exporting.applications(owner_id=request.auth.user_id, status=status, at=at)
    return _csv(parts, f"applications_export_{at:%Y%m%d_%H%M%S}.csv")


@router.get("companies/", summary="Export companies", openapi_extra=_sends("text/csv", "Companies as CSV"))
def export_companies(request: Request) -> StreamingHttpResponse:
    """Download one's companies."""
    parts = exporting.companies(owner_id=request.auth.user_id)
    return _csv(parts, f"companies_export_{local_time(request):%Y%m%d_%H%M%S}.csv")


@router.get("interviews/", summary="Export interviews", openapi_extra=_sends("text/csv", "Interviews as CSV"))
def export_interviews(request: Request, status: Annotated[str, _status(InterviewStatus)] = "") -> StreamingHttpResponse:
    """Download one's interviews, all of them or those of one status."""
    parts = exporting.interviews(owner_id=request.auth.user_id, status=status)
    return _csv(parts, f"interviews_export_{local_time(request):%Y%m%d_%H%M%S}.csv")


@router.get("full-report/", summary="Export everything", openapi_extra=_sends("application/zip", "All, and a summary"))
def export_full_report(request: Request) -> StreamingHttpResponse:
    """Download applications, companies, interviews and a summary as one ZIP."""
    at = local_time(request)
    parts = exporting.full_report(owner_id=request.auth.user_id, at=at)
    return _download(parts, f"full_report_{at:%Y%m%d_%H%M%S}.zip", "application/zip")


def _csv(parts: Iterator[bytes], name: str) -> StreamingHttpResponse:
    return _download(parts, name, "text/csv; charset=utf-8")


def _download(parts: Iterator[bytes], name: str, content_type: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        parts, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
