"""The tracker's way of saying no (section 14 of its document).

Field errors are ``{"field": ["…"]}``, what concerns several fields stands under ``non_field_errors``, actions answer
``{"error": "…"}``, and authentication, missing rows and throttling ``{"detail": "…"}``.
"""

from typing import Any

from django.http import HttpResponse, JsonResponse

from onward.apis import errors
from onward.apis.base import Api
from onward.domain.assistant.writing import BadAnswer, WriterFailed
from onward.platform.refusals import Conflict, Refusal, Unauthenticated

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
DETAILS = {401, 403, 404, 405, 415, 429}


class Errors(errors.Errors):
    """What the tracker answers when something goes wrong."""

    challenge = 'Bearer realm="api"'

    def say(self, status: int, message: str, *, code: str = "") -> HttpResponse:
        return JsonResponse({"detail" if status in DETAILS else "error": message}, status=status)

    def say_fields(self, refusal: Refusal) -> HttpResponse:
        return _fields({NAMES.get(name, name): problems for name, problems in refusal.fields.items()})

    def say_unreadable(self, problems: list[errors.Problem]) -> HttpResponse:
        fields: dict[str, list[str]] = {}
        for source, error in problems:
            fields.setdefault(_field(source, error["loc"]), []).append(_message(source, error))
        return _fields(fields)

    def say_nobody(self, refusal: Unauthenticated) -> HttpResponse:
        code = {} if refusal.code == Unauthenticated.code else {"code": refusal.code}
        return JsonResponse({"detail": refusal.message, **code}, status=401)

    def say_clash(self) -> HttpResponse:
        return _fields({WHOLE: [Conflict.message]})

    def unread(self, message: str, status: int) -> HttpResponse:
        return JsonResponse({"detail": message}, status=status)

    def register(self, api: Api) -> None:
        super().register(api)
        api.add_exception_handler(BadAnswer, lambda request, problem: self.say(502, problem.sentence))
        api.add_exception_handler(WriterFailed, lambda request, problem: self.say(503, problem.sentence))


def _fields(problems: dict[str, list[str]]) -> HttpResponse:
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
