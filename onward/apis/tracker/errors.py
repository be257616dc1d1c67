"""The tracker's way of saying no (section 14 of its document).

Field errors are ``{"field": ["…"]}``, what concerns several fields stands under ``non_field_errors``, actions answer
``{"error": "…"}``, and authentication, missing rows and throttling ``{"detail": "…"}``.
"""

from django.http import HttpResponse, JsonResponse

from onward.apis import errors
from onward.apis.base import Api
from onward.apis.messages import WHOLE, by_field, renamed
from onward.domain.assistant.writing import BadAnswer, WriterFailed
from onward.platform.refusals import Conflict, Refusal, Unauthenticated

# What the documentation shows of refusals, by what has happened.
EXAMPLES = {
    "400: a field is wrong": {"job_title": ["This field may not be blank."]},
    "401: nobody is signed in": {"detail": "Authentication credentials were not provided."},
    "404: it is not there, or not yours": {"detail": "Not found."},
    "429: too many requests": {"detail": "Request was throttled. Expected available in 3600 seconds."},
}

# The record's name for a field, and the tracker's, where they differ.
NAMES = {"": WHOLE, "resume": "resume_version", "resume_id": "resume_version"}
DETAILS = {401, 403, 404, 405, 415, 429}


class Errors(errors.Errors):
    """What the tracker answers when something goes wrong."""

    challenge = 'Bearer realm="api"'

    def say(self, status: int, message: str, *, code: str = "") -> HttpResponse:
        return JsonResponse({"detail" if status in DETAILS else "error": message}, status=status)

    def say_fields(self, refusal: Refusal) -> HttpResponse:
        return _fields(renamed(refusal.fields, NAMES))

    def say_unreadable(self, problems: list[errors.Problem]) -> HttpResponse:
        return _fields(by_field(problems))

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
