"""What is answered when no view answers: JSON for an API and for programs, a page for people."""

import sys
from importlib import import_module

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext, gettext_noop

from onward.apis import details
from onward.apis.base import Api
from onward.apis.campus import errors as campus
from onward.apis.offers.errors import unread as offers
from onward.platform import disk
from onward.platform.refusals import Throttled, Unauthenticated
from onward.platform.tokens.bearer import bearer_token
from onward.platform.tokens.signing import BadToken
from onward.web import refusals
from onward.web.frame.errors import error_page

# How an API refuses a request that its endpoints will not see, where it says so in other words than these.
UNREAD = {"copilot": details.unread, "offers": offers, "outreach": details.unread, "campus": campus.unread}
# Who puts into one envelope whatever is said on its paths.
ENVELOPES = {"campus": campus.envelope}
TITLES = {
    400: gettext_noop("That request makes no sense"),
    401: gettext_noop("Nobody is signed in"),
    403: gettext_noop("This is not yours to see"),
    404: gettext_noop("There is nothing here"),
    408: gettext_noop("That took too long to arrive"),
    413: gettext_noop("That is too large"),
    429: gettext_noop("That is too much at once"),
    500: gettext_noop("Something broke"),
    503: gettext_noop("Not just now"),
    507: gettext_noop("There is no room"),
}


def refuse(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Answer a request that no view will see."""
    api = getattr(request, "api", "")
    if status == 401 and api:
        return _known(api).on_exception(request, Unauthenticated() if bearer_token(request) is None else BadToken())
    said = UNREAD.get(api, _unread)
    response = said(request, status, sentence)
    if status in {429, 503}:
        response["Retry-After"] = "5"
    return response


def _known(api: str) -> Api:
    # The addresses, which make all of them known, import this module.
    import_module(f"onward.apis.{api}.api")
    return Api.known[api]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a bad Host, a body or a form that breaks a limit."""
    return refuse(request, 400, "The request is not valid.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 of a page; APIs map their own refusals."""
    sentence = "You do not have permission to perform this action."
    return _answer(request, 403, {"detail": sentence}, sentence)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form that did not come from one of our pages."""
    sentence = "The form has gone stale or came from another site. Go back, reload the page and try again."
    return _answer(request, 403, {"detail": sentence}, sentence)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 of a path that nobody serves."""
    response = _answer(
        request, 404, {"detail": "Not found."}, "The address leads nowhere. It may have moved or never been."
    )
    # What is not there now may be there in a moment.
    response["Cache-Control"] = "no-store"
    return response


def throttled(request: HttpRequest, refusal: Throttled) -> HttpResponse:
    """429 of an API whose endpoints will not see the request."""
    return _answer(request, 429, {"detail": refusal.message}, refusal.message)


def failed(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database does not answer; the log says more, the answer does not."""
    problem = sys.exc_info()[1]
    if problem is not None and disk.is_full(problem):
        disk.report(problem)
        return refuse(request, 507 if isinstance(problem, OSError) else 503, disk.SENTENCE)
    if isinstance(problem, OperationalError | InterfaceError):
        return refuse(request, 503, "The database does not answer. Try again in a moment.")
    return refuse(request, 500, "Something went wrong on our side. Nothing that was saved before is lost.")


def _unread(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    return _answer(request, status, {"error": sentence}, sentence)


def _answer(request: HttpRequest, status: int, body: dict[str, str], sentence: str) -> HttpResponse:
    if envelope := ENVELOPES.get(getattr(request, "api", "")):
        return envelope(status, sentence)
    wants_page = not getattr(request, "api", "") and "text/html" in request.headers.get("Accept", "")
    if not wants_page:
        return JsonResponse(body, status=status)
    title = TITLES.get(status, gettext_noop("That did not work"))
    return error_page(request, status=status, title=gettext(title), sentence=refusals.said(sentence))
