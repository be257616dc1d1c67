"""Lists that are read on from a number and not by pages: what comes meanwhile neither doubles a row nor hides one."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict

from onward.apis.base import answer
from onward.apis.campus.resource import PAGES
from onward.apis.paging import described
from onward.platform.wire import MAX_INT8


class Cursor:
    """One direction of such a list.

    :ivar name: what the address calls the number
    :param key: the field after the numbers with which each row, and nothing in it, begins
    """

    def __init__(self, name: str, key: str) -> None:
        self.name = name
        # No text can hold this: its quotation marks are escaped.
        self._row = re.compile(rf'\{{"id":(\d+),"chat_id":\d+,"{key}":')

    def size(self, request: HttpRequest) -> int:
        """Return how many rows are asked for."""
        return PAGES.asked(request)[1]

    def answer(self, request: HttpRequest, document: str) -> HttpResponse:
        """Put a document into the envelope of a list: ``count`` and ``results``, one more row than is asked for if any.

        ``next`` goes on where this ends.
        """
        size = self.size(request)
        rows = list(self._row.finditer(document))
        following = "null"
        if len(rows) > size:
            following = f'"{self._link(request, rows[size - 1][1])}"'
            document = document[: rows[size].start() - 1] + "]}"
        count, _, results = document.partition(',"results":')
        return answer(f'{count},"next":{following},"previous":null,"results":{results}')

    def _link(self, request: HttpRequest, number: str) -> str:
        query: QueryDict = request.GET.copy()
        query[self.name] = number
        return f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"


def describes(*, words: Mapping[str, str] | None = None, **parameters: str) -> dict[str, Any]:
    """Describe, for OpenAPI, numbers in an address, and words; each by what it means."""
    number = {"type": "integer", "minimum": 0, "maximum": MAX_INT8}
    size = {"type": "integer", "minimum": 1, "maximum": PAGES.most, "default": PAGES.usual}
    texts: dict[str, Any] = {name: (meaning, {"type": "string"}) for name, meaning in (words or {}).items()}
    numbers: dict[str, Any] = {name: (meaning, number) for name, meaning in parameters.items()}
    return described(**texts, **numbers, page_size=("Rows", size))
