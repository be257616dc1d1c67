"""Exporting applications as CSV, XLSX or PDF."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from django.http import StreamingHttpResponse
from ninja import Router
from pydantic import AfterValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from onward.apis.base import Request, local_time
from onward.apis.copilot.exchanging import columns, columns_on_paper
from onward.apis.copilot.lenses import STATUS
from onward.apis.copilot.schemas.words import StatusWord
from onward.apis.filters import Address
from onward.apis.openapi import ADDRESS
from onward.domain.exchange import chosen
from onward.domain.exchange.sheet import CONTENT_TYPE
from onward.platform.wire import EMPTY_IS_NULL, Date

router = Router(tags=["Import and export"])


def _in_order(until: date | None, said: ValidationInfo) -> date | None:
    since = said.data.get("date_from")
    if until is not None and since is not None and until < since:
        raise PydanticCustomError("date_order", "It must not be before date_from.")
    return until


WHICH = Address(
    status=(Annotated[StatusWord | None, EMPTY_IS_NULL], None),
    date_from=(Annotated[Date | None, EMPTY_IS_NULL], None),
    date_to=(Annotated[Date | None, AfterValidator(_in_order), EMPTY_IS_NULL], None),
)


def _sends(media_type: str) -> dict[str, Any]:
    schema = {"type": "string"} if media_type == "text/csv" else {"type": "string", "format": "binary"}
    content = {media_type: {"schema": schema}}
    return {ADDRESS: WHICH.model, "responses": {200: {"description": "The file, to be saved", "content": content}}}


@router.get("/applications.csv", summary="Export applications as CSV", openapi_extra=_sends("text/csv"))
def export_csv(request: Request) -> StreamingHttpResponse:
    """Download one's applications, all or some of them, as an import takes them."""
    return _download(request, chosen.as_csv(_rows(request), columns()), "csv", "text/csv; charset=utf-8")


@router.get("/applications.xlsx", summary="Export applications as a workbook", openapi_extra=_sends(CONTENT_TYPE))
def export_workbook(request: Request) -> StreamingHttpResponse:
    """Download one's applications, all or some of them, as an Excel workbook."""
    return _download(request, chosen.as_workbook(_rows(request), columns()), "xlsx", CONTENT_TYPE)


@router.get("/applications.pdf", summary="Export applications as PDF", openapi_extra=_sends("application/pdf"))
def export_report(request: Request) -> StreamingHttpResponse:
    """Download one's applications, all or some of them, as a table on paper."""
    widths = columns_on_paper()
    parts = chosen.as_report(
        _rows(request), list(widths), widths=list(widths.values()), made=f"{local_time(request):%Y-%m-%d}"
    )
    return _download(request, parts, "pdf", "application/pdf")


def _rows(request: Request) -> Any:
    asked = WHICH.read(request)
    return chosen.chosen(
        owner_id=request.auth.user_id,
        at=local_time(request),
        statuses=() if asked["status"] is None else STATUS.stored(asked["status"]),
        since=asked["date_from"],
        until=asked["date_to"],
    )


def _download(request: Request, parts: Iterator[bytes], kind: str, content_type: str) -> StreamingHttpResponse:
    name = f"applications_{local_time(request):%Y%m%d_%H%M%S}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(parts, content_type=content_type, headers=headers)
