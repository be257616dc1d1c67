"""Pages of 20, with links that keep the address that was asked."""

from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from pydantic import BaseModel

from onward.apis.base import answer
from onward.platform.refusals import Missing
from onward.platform.wire import Listing, Wire

USUAL = 20
MOST = 100

Row = TypeVar("Row", bound=Wire)


class Paged(BaseModel, Generic[Row]):
    """One page of a list. ``next`` and ``previous`` are addresses, or null."""

    count: int
    next: str | None
    previous: str | None
    results: list[Row]


def paged(request: HttpRequest, listing: Listing, **asked: Any) -> HttpResponse:
    """Answer with the page that the request asks for.

    :raises Missing: when there is no such page
    """
    number, size = page_asked(request)
    page = listing.page(limit=size, offset=(number - 1) * size, **asked)
    if number > 1 and (number - 1) * size >= page.total:
        raise Missing("Invalid page.")
    return answer(envelope(request, number=number, size=size, count=page.total, rows=page.rows))


def page_asked(request: HttpRequest) -> tuple[int, int]:
    """Read the number and the size of the page that is asked for.

    :raises Missing: when the number is none
    """
    size = _positive(request.GET.get("page_size", ""))
    number = _positive(request.GET.get("page", "1"))
    if number is None:
        raise Missing("Invalid page.")
    return number, min(size or USUAL, MOST)


def envelope(request: HttpRequest, *, number: int, size: int, count: int, rows: str) -> str:
    """Put a page's rows, a JSON array, into the envelope of a list."""
    following = f'"{_link(request, number + 1)}"' if number * size < count else "null"
    before = f'"{_link(request, number - 1)}"' if number > 1 else "null"
    return f'{{"count":{count},"next":{following},"previous":{before},"results":{rows}}}'


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
