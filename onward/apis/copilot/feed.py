"""The feed: a part of somebody's notifications, with how many of all are unread."""

from collections.abc import Collection, Mapping
from typing import Annotated, Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse

from onward.apis.base import answer
from onward.apis.copilot.schemas.notifications import Feed
from onward.apis.filters import ByFlag, ById, Condition, Filter
from onward.apis.openapi import ADDRESS
from onward.apis.paging import StrictSlices
from onward.domain.notifications.queries import career_notices
from onward.platform.wire import MAX_INT8, Listing, Statement, Whole, Wire

UNREAD = Statement(
    lambda: career_notices().filter(read_at=None).values("owner_id").annotate(n=Count("pk")).values_list("n")
)


class OnlyUnread(ByFlag):
    """Either what is unread, or everything."""

    def __init__(self) -> None:
        super().__init__(Q(read_at=None))

    def conditions(self, name: str) -> dict[str, Condition]:
        """Return the conditions that a statement may put."""
        return {f"{name} yes": lambda _: self.yes, f"{name} no": lambda _: Q()}


class Since(ById):
    """Only what came after the one with this number."""

    kind = Annotated[int, Whole(0, MAX_INT8)]

    def conditions(self, name: str) -> dict[str, Condition]:
        """Return the conditions that a statement may put."""
        return {name: lambda value: Q(**{f"{self.path}__gt": value})}


class Feeds(StrictSlices):
    """Parts of a feed in their envelope."""

    def __init__(self) -> None:
        super().__init__(usual=50, most=100)

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
        return {"response": Feed, "openapi_extra": {ADDRESS: address}}

    def page(
        self, request: HttpRequest, listing: Listing, asked: Mapping[str, Any], filters: dict[str, Any], **values: Any
    ) -> tuple[HttpResponse, bool]:
        """Return the lines that are asked for, and how many are unread."""
        found = listing.page(limit=asked["limit"], offset=asked["skip"], filters=filters, order="", **values)
        counted = UNREAD.first(owner_id=values["owner_id"])
        unread = counted[0] if counted else 0
        document = f'{{"notifications":{found.rows},"total":{found.total},"unread_count":{unread}}}'
        return answer(document), not found.total
