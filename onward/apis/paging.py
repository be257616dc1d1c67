"""Two ways to hand out a list: numbered pages in an envelope, and plain arrays of so many rows after so many others."""

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any, Generic, Protocol, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from pydantic import BaseModel

from onward.apis.base import answer
from onward.apis.filters import Filter
from onward.apis.openapi import ADDRESS
from onward.platform.refusals import Missing
from onward.platform.wire import EMPTY_IS_NULL, MAX_INT8, Listing, OneOf, Text, Whole, Wire, empty_is

# How many rows there are in all, where an array is all that the body holds.
TOTAL = "X-Total-Count"

Row = TypeVar("Row", bound=Wire)
Parameters = Mapping[str, tuple[Any, Any]]


class Paged(BaseModel, Generic[Row]):
    """One page of a list. ``next`` and ``previous`` are addresses, or null."""

    count: int
    next: str | None
    previous: str | None
    results: list[Row]


class Paging(Protocol):
    """How an API hands out its lists."""

    def parameters(self, orders: Collection[str]) -> Parameters:
        """Return what the address may say besides filters, by name: its type, and what it is when nothing is said."""

    @property
    def leading(self) -> Sequence[str]:
        """The names that the document says before the filters."""

    def described(
        self,
        row: type[Wire],
        *,
        address: Any,
        filters: Mapping[str, Filter],
        search: Collection[str],
        orders: Collection[str],
    ) -> dict[str, Any]:
        """Return how a list is described, for a router. :param search: the names of the places that it looks in"""

    def wanted(self, asked: Mapping[str, Any]) -> tuple[str, str]:
        """Return the words that are looked for, and the order, of what the address says."""

    def page(
        self, request: HttpRequest, listing: Listing, asked: Mapping[str, Any], filters: dict[str, Any], **values: Any
    ) -> tuple[HttpResponse, bool]:
        """Return the part of a list that is asked for, and whether nothing was found."""


class Pages:
    """Numbered pages with links that keep the address that was asked: ``{count,next,previous,results}``.

    :param usual: rows a page
    :param most: as many as may be asked for
    :param order: what the address calls the order
    """

    def __init__(self, *, usual: int = 20, most: int = 100, order: str = "ordering") -> None:
        self.usual, self.most, self.order = usual, most, order
        self.leading: Sequence[str] = ()

    def parameters(self, orders: Collection[str]) -> Parameters:
        """Return what the address may say besides filters. An order that is not known is passed over."""
        return {"search": (Annotated[str, Text()], ""), self.order: (Annotated[str, Text()], "")}

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
        number = {"type": "integer", "minimum": 1}
        words = {"search": (f"Every word must stand in one of: {', '.join(search)}", {"type": "string"})}
        order = {self.order: ("The order; `-` turns it round", {"type": "string", "enum": known(orders)})}
        extra = described(
            **(words if search else {}),
            **{name: ("", dict(one.schema)) for name, one in filters.items()},
            **(order if orders else {}),
            page=("The page, from 1", number),
            page_size=("Rows a page", {**number, "maximum": self.most, "default": self.usual}),
        )
        return {"response": Paged[row], "openapi_extra": extra}  # type: ignore[valid-type]

    def wanted(self, asked: Mapping[str, Any]) -> tuple[str, str]:
        """Return the words that are looked for, and the order."""
        return asked["search"], asked[self.order] or ""

    def page(
        self, request: HttpRequest, listing: Listing, asked: Mapping[str, Any], filters: dict[str, Any], **values: Any
    ) -> tuple[HttpResponse, bool]:
        """Return the page that is asked for.

        :raises Missing: when there is no such page
        """
        number, size = self.asked(request)
        search, order = self.wanted(asked)
        found = listing.page(
            limit=size, offset=(number - 1) * size, filters=filters, search=search, order=order, **values
        )
        if number > 1 and (number - 1) * size >= found.total:
            raise Missing("Invalid page.")
        return answer(self.envelope(request, count=found.total, rows=found.rows)), not found.total

    def asked(self, request: HttpRequest) -> tuple[int, int]:
        """Return the number and the size of the page that is asked for.

        :raises Missing: when the number is none
        """
        number = _positive(request.GET.get("page", "1"))
        if number is None:
            raise Missing("Invalid page.")
        return number, min(_positive(request.GET.get("page_size", "")) or self.usual, self.most)

    def envelope(self, request: HttpRequest, *, count: int, rows: str) -> str:
        """Put a page's rows, a JSON array, into the envelope of a list."""
        number, size = self.asked(request)
        following = f'"{_link(request, number + 1)}"' if number * size < count else "null"
        before = f'"{_link(request, number - 1)}"' if number > 1 else "null"
        return f'{{"count":{count},"next":{following},"previous":{before},"results":{rows}}}'


class StrictPages(Pages):
    """Numbered pages whose order must be one that is known."""

    def parameters(self, orders: Collection[str]) -> Parameters:
        """Return what the address may say besides filters."""
        if not orders:
            return super().parameters(orders)
        word = Annotated[str, OneOf(*known(orders))]
        return {**super().parameters(orders), self.order: (Annotated[word | None, EMPTY_IS_NULL], None)}


class Slices:
    """Plain arrays: so many rows (``limit``) after so many others (``skip``).

    :param usual: rows, where nothing is said
    :param most: as many as are given out, whatever is asked for
    :param leading: the names that the document says before the filters
    """

    def __init__(self, *, usual: int = 100, most: int = MAX_INT8, leading: Sequence[str] = ()) -> None:
        self.usual, self.most, self.leading = usual, most, leading

    def parameters(self, orders: Collection[str]) -> Parameters:
        """Return what the address may say besides filters."""
        number = Annotated[int, Whole(0, MAX_INT8)]
        return {"skip": (number, 0), "limit": (number, self.usual)}

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
        return {"response": list[row], "openapi_extra": {ADDRESS: address}}  # type: ignore[valid-type]

    def wanted(self, asked: Mapping[str, Any]) -> tuple[str, str]:
        """Return no words and no order: neither can be asked for."""
        return "", ""

    def page(
        self, request: HttpRequest, listing: Listing, asked: Mapping[str, Any], filters: dict[str, Any], **values: Any
    ) -> tuple[HttpResponse, bool]:
        """Return the rows that are asked for."""
        limit = min(asked["limit"], self.most)
        rows = listing.slice(limit=limit, offset=asked["skip"], filters=filters, **values)
        return answer(rows), is_empty(rows)


class StrictSlices(Slices):
    """Slices of which more rows than may be asked for are refused; a number that is left empty is the usual one."""

    def parameters(self, orders: Collection[str]) -> Parameters:
        """Return what the address may say besides filters."""
        return {
            "skip": (Annotated[int, Whole(0, MAX_INT8), empty_is(0)], 0),
            "limit": (Annotated[int, Whole(1, self.most), empty_is(self.usual)], self.usual),
        }


class CountedSlices(StrictSlices):
    """Plain arrays whose answers say in ``X-Total-Count`` how many rows there are in all.

    An order that is not known is refused.

    :param order: what the address calls the order, where lists have one
    :param search: what it calls the words that are looked for, where lists have a search
    """

    def __init__(self, *, usual: int = 100, most: int = 1000, order: str = "sort", search: str = "") -> None:
        super().__init__(usual=usual, most=most)
        self.order, self.search = order, search

    def parameters(self, orders: Collection[str]) -> Parameters:
        """Return what the address may say besides filters."""
        words = {self.search: (Annotated[str, Text(500)], "")} if self.search else {}
        found = {**words, **super().parameters(orders)}
        if orders:
            found[self.order] = (Annotated[Annotated[str, OneOf(*known(orders))] | None, EMPTY_IS_NULL], None)
        return found

    def wanted(self, asked: Mapping[str, Any]) -> tuple[str, str]:
        """Return the words, and the order."""
        return asked.get(self.search) or "", asked.get(self.order) or ""

    def page(
        self, request: HttpRequest, listing: Listing, asked: Mapping[str, Any], filters: dict[str, Any], **values: Any
    ) -> tuple[HttpResponse, bool]:
        """Return the rows that are asked for, and in a header how many there are."""
        search, order = self.wanted(asked)
        found = listing.page(
            limit=asked["limit"], offset=asked["skip"], filters=filters, search=search, order=order, **values
        )
        response = answer(found.rows)
        response[TOTAL] = str(found.total)
        return response, not found.total


def known(orders: Collection[str]) -> list[str]:
    """Return what a client may order by: each column, and the same turned round."""
    return [sign + name for name in orders for sign in ("", "-")]


def is_empty(rows: str | bytes) -> bool:
    """Whether an array, as JSON, has nothing in it."""
    return len(rows) == len("[]")


def described(**parameters: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """Describe, for OpenAPI, parameters that are read from the address; each by what it means and its schema."""
    return {
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": schema, "description": meaning}
            for name, (meaning, schema) in parameters.items()
        ]
    }


def _positive(text: str) -> int | None:
    # Nine digits are more pages than there are rows, and what is longer may not even be a number to the database.
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0 else None


def _link(request: HttpRequest, number: int) -> str:
    query: QueryDict = request.GET.copy()
    if number == 1:
        query.pop("page", None)
    else:
        query["page"] = str(number)
    address = request.build_absolute_uri(request.path)
    # Both parts are percent-encoded, so the link needs no escaping in JSON.
    return f"{address}?{query.urlencode()}" if query else address
