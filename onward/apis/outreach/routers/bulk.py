"""Bulk operations: the same thing done about many internships at once."""

from typing import Annotated, Any

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from ninja import Router
from pydantic import AfterValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from onward.apis.base import Request, local_time
from onward.apis.outreach.access import members
from onward.apis.outreach.routers.internships import INTERNSHIPS
from onward.apis.outreach.schemas.bulk import AssignIn, BulkStatusIn, DoneOut, Ids
from onward.domain.exchange import leads as exporting
from onward.domain.exchange.sheet import CONTENT_TYPE
from onward.domain.outreach.queries import leads
from onward.domain.outreach.services import leads as services
from onward.platform.refusals import Invalid
from onward.platform.wire import Body, OneOf

router = Router(tags=["Bulk operations"], auth=members)

CSV = ("csv", "text/csv; charset=utf-8", exporting.as_csv)
XLSX = ("xlsx", CONTENT_TYPE, exporting.as_workbook)
FORMATS = {"csv": CSV, "xlsx": XLSX, "excel": XLSX}
FILE = {
    "responses": {
        200: {
            "description": "The file, to be saved",
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                CONTENT_TYPE: {"schema": {"type": "string", "format": "binary"}},
            },
        }
    }
}
# As many are named in a header as fit there.
MOST_NAMED = 200


def _alone(filters: Any, said: ValidationInfo) -> Any:
    if filters is not None and said.data.get("internship_ids") is not None:
        raise PydanticCustomError("both", "Either internship_ids or filters can be given, not both.")
    return filters


class ExportIn(Body):
    """Which internships: some by their numbers, or those that a list with these filters shows; all, of neither."""

    internship_ids: Ids | None = None
    filters: Annotated[INTERNSHIPS.address.model | None, AfterValidator(_alone)] = None  # type: ignore[name-defined]
    format: Annotated[str, OneOf(*FORMATS)] = "csv"


@router.post("/assign", response=DoneOut, summary="Assign internships")
def assign(request: Request, body: AssignIn) -> HttpResponse:
    """Make internships somebody's, or nobody's. Whoever they are assigned to is told once."""
    by_id, at = request.auth.user_id, local_time(request)
    try:
        return _said(services.assign(lead_ids=body.internship_ids, to_id=body.user_id, by_id=by_id, at=at))
    except Invalid as refusal:
        raise Invalid(fields={"user_id": refusal.fields["assigned_to_id"]}) from None


@router.post("/status", response=DoneOut, summary="Move internships to another status")
def move(request: Request, body: BulkStatusIn) -> HttpResponse:
    """Move internships to another status, as one is moved."""
    done = services.change_status(
        lead_ids=body.internship_ids,
        to=body.new_status,
        by_id=request.auth.user_id,
        at=local_time(request),
        remark=(body.remark or "").strip(),
    )
    return _said(done)


def _said(done: services.Done) -> HttpResponse:
    return JsonResponse({"updated": len(done.changed), "unchanged": len(done.unchanged), "unknown_ids": done.unknown})


@router.post("/export", summary="Export internships", openapi_extra=FILE)
def export(request: Request, body: ExportIn) -> StreamingHttpResponse:
    """Download internships as a file. Numbers that name none are told in the header `X-Unknown-Ids`."""
    unknown: list[int] = []
    if body.internship_ids is None:
        asked = INTERNSHIPS.address.usual if body.filters is None else body.filters.model_dump()
        keys = INTERNSHIPS.keys(request, asked)
    else:
        keys, unknown = leads.told_apart(body.internship_ids)
    kind, content_type, write = FORMATS[body.format]
    at = local_time(request)
    response = StreamingHttpResponse(write(keys=keys, at=at), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="internships_{at:%Y%m%d_%H%M%S}.{kind}"'
    if unknown:
        response["X-Unknown-Ids"] = ",".join(map(str, unknown[:MOST_NAMED]))
    return response
