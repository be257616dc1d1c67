"""The tracker's way of saying no (section 14 of its document).

Field errors are ``{"field": ["…"]}``, what concerns several fields stands under ``non_field_errors``, actions answer
``{"error": "…"}``, and authentication, missing rows and throttling ``{"detail": "…"}``.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError

from onward.apis.base import Api
from onward.apis.bodies import UnreadableRequest
from onward.domain.assistant.writing import BadAnswer, WriterFailed
from onward.platform.refusals import Conflict, Forbidden, Invalid, Missing, Refusal, Throttled, Unauthenticated

logger = logging.getLogger(__name__)

# What the documentation shows of refusals, by what has happened.
EXAMPLES = {
    "400: a field is wrong": {"job_title": ["This field may not be blank."]},
    "401: nobody is signed in": {"detail": "Authentication credentials were not provided."},
    "404: it is not there, or not yours": {"detail": "Not found."},
    "429: too many requests": {"detail": "Request was throttled. Expected available in 3600 seconds."},
}

WHOLE = "non_field_errors"
# The record's name for a field, and the tracker's, where they differ.
NAMES = {"": WHOLE, "resume": "resume_version", "resume_id": "resume_version"}

Problems = dict[str, list[str]]


def register(api: Api) -> None:
    """Make an API answer as the tracker's document says."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        UnreadableRequest: _unreadable,
        Refusal: _refused,
        HttpError: _http_error,
        BadAnswer: lambda request, problem: _error(problem.sentence, 502),
        WriterFailed: lambda request, problem: _error(problem.sentence, 503),
        Http404: lambda request, problem: _detail("Not found.", 404),
        PermissionDenied: lambda request, problem: _detail(Forbidden.message, 403),
        RequestDataTooBig: lambda request, problem: _error("Request body is too large.", 413),
        SuspiciousOperation: lambda request, problem: _error("Bad request.", 400),
        IntegrityError: _clash,
        DataError: lambda request, problem: _error("A value is out of range.", 400),
        OperationalError: _out_of_order,
        InterfaceError: _out_of_order,
        Exception: _failed,
    }
    for problem, handler in handlers.items():
        api.add_exception_handler(problem, handler)


def _detail(message: str, status: int, **extra: str) -> HttpResponse:
    return JsonResponse({"detail": message, **extra}, status=status)


def _error(message: str, status: int) -> HttpResponse:
    return JsonResponse({"error": message}, status=status)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    match refusal:
        case Throttled():
            response = _detail(refusal.message, 429)
            response["Retry-After"] = str(refusal.wait)
            return response
        case Unauthenticated():
            extra = {} if refusal.code == Unauthenticated.code else {"code": refusal.code}
            response = _detail(refusal.message, 401, **extra)
            response["WWW-Authenticate"] = 'Bearer realm="api"'
            return response
        case Missing():
            return _detail(refusal.message, 404)
        case Forbidden():
            return _detail(refusal.message, 403)
        case Invalid() | Conflict() if refusal.fields:
            return JsonResponse(
                {NAMES.get(name, name): problems for name, problems in refusal.fields.items()}, status=400
            )
        case _:
            return _error(refusal.message, 400)


def _http_error(request: HttpRequest, problem: HttpError) -> HttpResponse:
    # What Ninja says of a body that cannot be read hides the reason, which is the cause.
    cause = problem.__cause__ if isinstance(problem.__cause__, HttpError) else problem
    return _detail(cause.message, cause.status_code)


def _clash(request: HttpRequest, problem: Exception) -> HttpResponse:
    logger.warning("a constraint that no service names: %s", _constraint(problem))
    return JsonResponse({WHOLE: ["This clashes with what is there already."]}, status=400)


def _constraint(problem: Exception) -> str:
    # What PostgreSQL says of it quotes the row, which is nobody's but its owner's.
    diagnosis = getattr(problem.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or type(problem).__name__


def _out_of_order(request: HttpRequest, problem: Exception) -> HttpResponse:
    logger.error("the database does not answer: %s", type(problem.__cause__ or problem).__name__)
    response = _error("The service is unavailable for the moment. Please try again.", 503)
    response["Retry-After"] = "5"
    return response


def _failed(request: HttpRequest, problem: Exception) -> HttpResponse:
    logger.error("a request failed", exc_info=problem)
    return _error("Something went wrong on our side. Nothing that was saved before is lost.", 500)


def _unreadable(request: HttpRequest, problem: UnreadableRequest) -> HttpResponse:
    problems: Problems = {}
    for context in problem.contexts:
        source = context.model.__ninja_param_source__
        if source == "path":
            # An id that cannot be one names nothing.
            return _detail("Not found.", 404)
        for error in context.pydantic_validation_error.errors(include_url=False):
            place, message = _field(source, error["loc"]), _message(source, error)
            problems.setdefault(place, []).append(message)
    return JsonResponse(problems, status=400)


def _field(source: str | None, location: tuple[Any, ...]) -> str:
    # Ninja puts the name of the endpoint's parameter first.
    names = [part for part in location[1:] if isinstance(part, str)]
    if names:
        return names[0]
    return str(location[0]) if source in {"form", "file", "query"} and location else WHOLE


_MESSAGES = {
    "missing": "This field is required.",
    "string_type": "Not a valid string.",
    "string_too_long": "Ensure this field has no more than {max_length} characters.",
    "too_long": "Ensure this field has no more than {max_length} characters.",
    "int_type": "A valid integer is required.",
    "int_parsing": "A valid integer is required.",
    "int_parsing_size": "A valid integer is required.",
    "int_from_float": "A valid integer is required.",
    "finite_number": "A valid number is required.",
    "float_type": "A valid number is required.",
    "float_parsing": "A valid number is required.",
    "decimal_type": "A valid number is required.",
    "decimal_parsing": "A valid number is required.",
    "decimal_max_digits": "Ensure that there are no more than {max_digits} digits in total.",
    "decimal_max_places": "Ensure that there are no more than {decimal_places} decimal places.",
    "decimal_whole_digits": "Ensure that there are no more than {whole_digits} digits before the decimal point.",
    "bool_type": "Must be a valid boolean.",
    "bool_parsing": "Must be a valid boolean.",
    "greater_than_equal": "Ensure this value is greater than or equal to {ge}.",
    "less_than_equal": "Ensure this value is less than or equal to {le}.",
    "greater_than": "Ensure this value is greater than {gt}.",
    "less_than": "Ensure this value is less than {lt}.",
    "list_type": "Expected a list of items.",
    "dict_type": "Expected a dictionary of items.",
}
_IN_AN_ADDRESS = {
    "choice": "Select a valid choice. {value} is not one of the available choices.",
    "enum": "Select a valid choice. {value} is not one of the available choices.",
    "uuid_parsing": "{value} is not a valid UUID.",
}
_DATE = "Date has wrong format. Use one of these formats instead: YYYY-MM-DD."
_DATETIME = (
    "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
)


def _message(source: str | None, error: Any) -> str:
    kind: str = error["type"]
    if source == "query" and kind in _IN_AN_ADDRESS:
        return _IN_AN_ADDRESS[kind].format(value=error["input"])
    if kind in {"model_attributes_type", "model_type", "dict_type"} and len(error["loc"]) == 1:
        return f"Invalid data. Expected a dictionary, but got {type(error['input']).__name__}."
    if error["input"] is None and kind != "missing":
        return "This field may not be null."
    if kind == "string_too_short":
        return "This field may not be blank."
    if kind in _MESSAGES:
        return _MESSAGES[kind].format(**error.get("ctx", {}))
    if kind.startswith(("datetime_", "timezone_")) and kind != "datetime_format":
        return _DATETIME
    if kind.startswith("date_") and kind not in {"date_range", "date_format"}:
        return _DATE
    return str(error["msg"]).removeprefix("Value error, ")
