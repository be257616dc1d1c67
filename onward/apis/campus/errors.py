"""The campus API's way of saying no: one envelope whatever it is, ``{"error": {"code", "description", "fields"?}}``."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse

from onward.apis import errors
from onward.apis.base import Api
from onward.apis.messages import WHOLE, by_field, renamed
from onward.platform.refusals import Conflict, Invalid, Refusal

VALIDATION = "validation_error"
# What tells kinds apart.
CODES = {
    400: VALIDATION,
    401: "not_authenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "request_timeout",
    409: "conflict",
    410: "gone",
    412: "precondition_failed",
    413: "too_large",
    415: "unsupported_media_type",
    416: "range_not_satisfiable",
    423: "locked",
    429: "throttled",
    503: "unavailable",
    507: "no_room",
}
# Refusals that a program acts upon go by a code of their own.
OWN_CODES = frozenset({"second_factor_required"})
# The record's name for a field, and this document's, where they differ.
NAMES = {
    "": WHOLE,
    "profile_picture_url": "profile_picture",
    "linkedin_url": "social_links",
    "github_url": "social_links",
    "portfolio_url": "social_links",
    "old_password": "current_password",
    "company_name": "company",
    "work_mode": "work_type",
    "pay_min": "salary_min",
    "pay_max": "salary_max",
    "pay_currency": "salary_currency",
    "closes_on": "closes_at",
    "resume": "resume_id",
}
# What the documentation shows of refusals, by what has happened.
EXAMPLES = {
    "400: a field is wrong": {
        "error": {
            "code": VALIDATION,
            "description": "title: This field is required.",
            "fields": {"title": ["This field is required."]},
        }
    },
    "401: nobody is signed in": {
        "error": {"code": "not_authenticated", "description": "Authentication credentials were not provided."}
    },
    "403: not yours to do": {
        "error": {"code": "forbidden", "description": "You do not have permission to perform this action."}
    },
    "404: it is not there, or not to be seen": {"error": {"code": "not_found", "description": "Posting not found"}},
    "409: a clash, or the wrong moment": {
        "error": {"code": "conflict", "description": "You have applied for this already."}
    },
    "429: too many requests": {
        "error": {"code": "throttled", "description": "Request was throttled. Expected available in 3600 seconds."}
    },
}


class Errors(errors.Errors):
    """What the campus API answers when something goes wrong."""

    statuses = {Invalid: 400, Conflict: 409}

    def say(self, status: int, message: str, *, code: str = "") -> HttpResponse:
        return envelope(status, message, code=code)

    def say_fields(self, refusal: Refusal) -> HttpResponse:
        fields = renamed(refusal.fields, NAMES)
        if isinstance(refusal, Conflict):
            return envelope(self.statuses[Conflict], refusal.message, fields=fields)
        return _invalid(fields)

    def say_unreadable(self, problems: list[errors.Problem]) -> HttpResponse:
        return _invalid(by_field(problems))

    def say_clash(self) -> HttpResponse:
        return self.say(409, Conflict.message)

    def register(self, api: Api) -> None:
        super().register(api)
        api.say_method = lambda message: self.say(405, message)


def envelope(
    status: int, message: str, *, code: str = "", fields: Mapping[str, list[str]] | None = None
) -> HttpResponse:
    """Put a sentence into the envelope. :param code: the refusal's, which is told where programs act upon it"""
    kind = code if code in OWN_CODES else CODES.get(status, "server_error" if status >= 500 else VALIDATION)
    error = {"code": kind, "description": message, **({"fields": fields} if fields else {})}
    return JsonResponse({"error": error}, status=status)


def unread(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Answer a request that no endpoint will see."""
    return envelope(status, sentence)


def _invalid(fields: Mapping[str, list[str]]) -> HttpResponse:
    name, problems = next(iter(fields.items()))
    return envelope(400, problems[0] if name == WHOLE else f"{name}: {problems[0]}", fields=fields)
