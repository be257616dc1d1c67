"""The board: a part of somebody's applications, with how many stand in each column."""

import json
from collections.abc import Collection, Mapping
from typing import Annotated, Any

from django.db.models import Count
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse

from onward.apis.base import answer
from onward.apis.copilot.lenses import STATUS
from onward.apis.copilot.schemas.applications import Board
from onward.apis.filters import Filter
from onward.apis.openapi import ADDRESS
from onward.apis.paging import Parameters, StrictSlices
from onward.domain.applications.queries import applications
from onward.platform.lens import Lens
from onward.platform.wire import EMPTY_IS_NULL, Listing, OneOf, Statement, Wire

# From left to right: what a column is called, and its colour.
COLUMNS = {
    "interested": ("Interested", "#6366f1"),
    "applied": ("Applied", "#3b82f6"),
    "interview": ("Interview", "#f59e0b"),
    "offer": ("Offer", "#10b981"),
    "accepted": ("Accepted", "#059669"),
    "rejected": ("Rejected", "#ef4444"),
    "declined": ("Declined", "#6b7280"),
}
# The place of each status on the board.
_PLACES = {str(STATUS.show(status)): str(place) for place, status in enumerate(map(STATUS.read, COLUMNS))}
_PLACE = Lens(
    {status: _PLACES[str(STATUS.show(status))] for status in STATUS.values},
    {_PLACES[word]: STATUS.read(word) for word in COLUMNS},
)
COUNTED = Statement(
    lambda: applications().values("status").annotate(n=Count("pk")).order_by().values_list("status", "n")
)


def place() -> Combinable:
    """Return the expression for the column in which an application stands, to sort by."""
    return _PLACE.case("status")


class Boards(StrictSlices):
    """Parts of the board in an envelope, each with the whole board counted."""

    def parameters(self, orders: Collection[str]) -> Parameters:
        """Return what the address may say besides filters."""
        return {
            **super().parameters(orders),
            "sort_by": (Annotated[Annotated[str, OneOf(*orders)] | None, EMPTY_IS_NULL], None),
            "sort_order": (Annotated[Annotated[str, OneOf("asc", "desc")] | None, EMPTY_IS_NULL], None),
        }

    def described(
        self,
        row: type[Wire],
        *,
        address: Any,
        filters: Mapping[str, Filter],
        search: Collection[str],
        orders: Collection[str],
    ) -> dict[str, Any]:
        """Return how a list is described, for a router."""
        return {"response": Board, "openapi_extra": {ADDRESS: address}}

    def wanted(self, asked: Mapping[str, Any]) -> tuple[str, str]:
        """Return no words, and the order: the latest first where nothing is said."""
        sign = "" if asked["sort_order"] == "asc" else "-"
        return "", sign + (asked["sort_by"] or "created_at")

    def page(
        self, request: HttpRequest, listing: Listing, asked: Mapping[str, Any], filters: dict[str, Any], **values: Any
    ) -> tuple[HttpResponse, bool]:
        """Return the rows that are asked for, and the board."""
        skip, limit = asked["skip"], asked["limit"]
        _, order = self.wanted(asked)
        found = listing.page(limit=limit, offset=skip, filters=filters, order=order, **values)
        board = json.dumps({"columns": _columns(values["owner_id"])}, separators=(",", ":"))
        document = f'{{"items":{found.rows},"total":{found.total},"skip":{skip},"limit":{limit},"kanban":{board}}}'
        return answer(document), not found.total


def _columns(owner_id: int) -> list[dict[str, Any]]:
    counts = dict.fromkeys(COLUMNS, 0)
    for status, count in COUNTED.rows(owner_id=owner_id):
        counts[str(STATUS.show(status))] += count
    return [
        {"status": word, "label": label, "color": color, "count": counts[word]}
        for word, (label, color) in COLUMNS.items()
    ]
