"""Bulk operations: the same thing done about many internships at once."""

from typing import Annotated

from django.http import StreamingHttpResponse
from ninja import Router
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from onward.apis.base import Request, local_time
from onward.apis.outreach.access import members
from onward.apis.outreach.routers.internships import INTERNSHIPS
from onward.apis.outreach.schemas.bulk import Ids
from onward.domain.exchange import leads as exporting
from onward.domain.exchange.sheet import CONTENT_TYPE
from onward.domain.outreach.queries import leads
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


class ExportIn(Body):
    """Which internships: some by their numbers, or those that a list with these filters shows; all, of neither."""

    internship_ids: Ids | None = None
    filters: INTERNSHIPS.address.model | None = None  # type: ignore[name-defined]
    format: Annotated[str, OneOf(*FORMATS)] = "csv"

    @model_validator(mode="after")
    def _one_of_both(self) -> "ExportIn":
        if self.internship_ids is not None and self.filters is not None:
            raise PydanticCustomError("both", "Either internship_ids or filters can be given, not both.")
        return self


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
