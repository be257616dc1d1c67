import time
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from onward.platform.http.awaiting import Awaited
from onward.platform.http.log import request_line
from onward.platform.metrics.requests import STATUSES, Counter

PAGES = "pages"
# Of WebSockets: how many are open, and how many messages of what has happened were sent on them.
LINES, PUSHES = "lines", "pushes"
# Set by proxies; a request with one of them does not come from where its connection comes from.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@cache
def counter() -> Counter:
    """Return this process's counter; made with the first request."""
    apis = (*dict.fromkeys(api for _, api, _ in settings.API_PATHS), PAGES)
    return Counter(settings.DATA_DIR / "metrics", apis, noted=(LINES, PUSHES))


class Measure:
    """Outermost: counts and logs every request with its API, its status and the time it took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, count and log."""
        began = time.perf_counter()
        request.forwarded = any(name in request.META for name in FORWARDED)  # type: ignore[attr-defined]
        response = self._get_response(request)

        def count() -> None:
            took = time.perf_counter() - began
            if response.status_code in STATUSES:
                counter().count(request.api, response.status_code, took)  # type: ignore[attr-defined]
            request_line(request, status=response.status_code, milliseconds=took * 1000)

        if isinstance(response, Awaited):
            response.when_made(count)
        else:
            count()
        return response
