"""The offers API's way of saying no: ``{"detail": "…"}``, and for what does not validate 422 with a list.

Each entry of the list says where (``["body", "field"]``), what (``msg``) and which kind of problem it is (``type``).
"""

import logging
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError

from onward.apis.base import Api
from onward.apis.bodies import UnreadableRequest
from onward.platform.refusals import Conflict, Forbidden, Invalid, Missing, Refusal, Throttled, Unauthenticated

logger = logging.getLogger(__name__)

# What the documentation shows of refusals, by what has happened.
EXAMPLES = {
    "401: nobody is signed in": {"detail": "Not authenticated"},
    "404: it is not there, or not yours": {"detail": "Application not found"},
    "422: a field is wrong": {
        "detail": [{"loc": ["body", "company_name"], "msg": "Field required", "type": "missing"}],
    },
    "429: too many requests": {"detail": "Request was throttled. Expected available in 3600 seconds."},
}

# The record's name for a field, and this document's, where they differ.
NAMES = {
    "job_title": "role_title",
    "job_url": "url",
    "job_description": "description",
    "work_type": "work_mode",
    "source": "applied_source",
    "next_action_date": "follow_up_date",
    "resume": "resume_version_id",
    "resume_id": "resume_version_id",
    "application": "application_id",
}
# What a word in an address says that the id after it names.
CALLED = {
    "applications": "Application",
    "application": "Application",
    "stages": "Stage",
    "outcome": "Outcome",
    "reflection": "Reflection",
    "contacts": "Contact",
    "documents": "Document",
    "reminders": "Reminder",
    "tags": "Tag",
    "assign": "Tag",
    "remove": "Tag",
    "saved-jobs": "Saved job",
    "resumes": "Resume",
    "users": "User",
    "follow": "User",
    "followers": "User",
    "following": "User",
    "follow-stats": "User",
    "groups": "Group",
    "posts": "Post",
}
# The field that a problem of several is told at.
PLACES = {"salary_range": "salary_min"}
# One of a kind already; every other clash is a 400 here.
ONE_AT_MOST = frozenset({"outcome_exists", "reflection_exists"})
NOBODY = "Not authenticated"


def register(api: Api) -> None:
    """Make an API answer as the offers document says."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        UnreadableRequest: _unreadable,
        Refusal: _refused,
        HttpError: _http_error,
        Http404: lambda request, problem: _detail("Not found", 404),
        PermissionDenied: lambda request, problem: _detail(Forbidden.message, 403),
        RequestDataTooBig: lambda request, problem: _detail("Request body is too large", 413),
        SuspiciousOperation: lambda request, problem: _detail("Bad request", 400),
        IntegrityError: _clash,
        DataError: lambda request, problem: _detail("A value is out of range", 400),
        OperationalError: _out_of_order,
        InterfaceError: _out_of_order,
        Exception: _failed,
    }
    for problem, handler in handlers.items():
        api.add_exception_handler(problem, handler)


def unread(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Answer a request whose body was not read, because it is too large, too slow or no sense can be made of it."""
    if status == 413 and request.content_type == "multipart/form-data":
        # The one form here is an upload, for which the document has words of its own, however large the file is.
        return _detail("File too large (max 10 MB)", 400)
    return _detail(sentence.removesuffix("."), status)


def _detail(message: str, status: int) -> HttpResponse:
    return JsonResponse({"detail": message}, status=status)


def _problems(*found: dict[str, Any]) -> HttpResponse:
    return JsonResponse({"detail": found}, status=422)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    match refusal:
        case Throttled():
            response = _detail(refusal.message, 429)
            response["Retry-After"] = str(refusal.wait)
            return response
        case Unauthenticated():
            known = refusal.code not in {Unauthenticated.code, "token_not_valid"}
            response = _detail(refusal.message if known else NOBODY, 401)
            response["WWW-Authenticate"] = "Bearer"
            return response
        case Missing():
            return _detail(refusal.message.removesuffix("."), 404)
        case Forbidden():
            return _detail(refusal.message, 403)
        case Conflict() if refusal.code in ONE_AT_MOST:
            return _detail(f"{refusal.message} Use PUT to update it.", 409)
        case Invalid() if refusal.fields:
            return _problems(
                *(
                    {
                        "loc": ["body", *filter(None, [NAMES.get(name, name) or PLACES.get(refusal.code)])],
                        "msg": message,
                        "type": refusal.code,
                    }
                    for name, messages in refusal.fields.items()
                    for message in messages
                )
            )
        case _:
            return _detail(refusal.message, 400)


def _http_error(request: HttpRequest, problem: HttpError) -> HttpResponse:
    # What Ninja says of a body that cannot be read hides the reason, which is the cause.
    cause = problem.__cause__ if isinstance(problem.__cause__, HttpError) else problem
    if cause.status_code in {400, 415}:
        return _problems({"loc": ["body"], "msg": cause.message, "type": "json_invalid"})
    return _detail(cause.message, cause.status_code)


def _clash(request: HttpRequest, problem: Exception) -> HttpResponse:
    # What PostgreSQL says of it quotes the row, which is nobody's but its owner's.
    diagnosis = getattr(problem.__cause__, "diag", None)
    logger.warning(
        "a constraint that no service names: %s", getattr(diagnosis, "constraint_name", type(problem).__name__)
    )
    return _detail("This clashes with what is there already", 400)


def _out_of_order(request: HttpRequest, problem: Exception) -> HttpResponse:
    logger.error("the database does not answer: %s", type(problem.__cause__ or problem).__name__)
    response = _detail("The service is unavailable for the moment. Please try again.", 503)
    response["Retry-After"] = "5"
    return response


def _failed(request: HttpRequest, problem: Exception) -> HttpResponse:
    logger.error("a request failed", exc_info=problem)
    return _detail("Something went wrong on our side. Nothing that was saved before is lost.", 500)


def _nothing(request: HttpRequest, errors: list[Any]) -> str:
    """Say what it is that there is none of, by the word before the id."""
    segments = request.path_info.strip("/").split("/")
    wrong = {str(error["input"]) for error in errors}
    thing = next((CALLED.get(before) for before, id_ in pairwise(segments) if id_ in wrong), None)
    return f"{thing} not found" if thing else "Not found"


def _unreadable(request: HttpRequest, problem: UnreadableRequest) -> HttpResponse:
    found = []
    for context in problem.contexts:
        source = context.model.__ninja_param_source__
        if source == "path":
            # An id that cannot be one names nothing.
            return _detail(_nothing(request, context.pydantic_validation_error.errors()), 404)
        for error in context.pydantic_validation_error.errors(include_url=False):
            # Ninja puts the name of the endpoint's parameter first, which for a body is "body" already.
            place = error["loc"][1:] if source == "body" else error["loc"]
            message = str(error["msg"]).removeprefix("Value error, ")
            found.append({"loc": [source, *place], "msg": message, "type": error["type"]})
    return _problems(*found)
