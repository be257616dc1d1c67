"""The offers API's way of saying no (see :mod:`onward.apis.details`)."""

from itertools import pairwise

from django.http import HttpRequest, HttpResponse, JsonResponse

from onward.apis import details

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


class Errors(details.Errors):
    """What the offers API answers when something goes wrong."""

    names = NAMES
    places = PLACES
    nobody = "Not authenticated"

    def say(self, status: int, message: str, *, code: str = "") -> HttpResponse:
        if code in ONE_AT_MOST:
            status, message = 409, f"{message} Use PUT to update it."
        return super().say(status, message)

    def nothing(self, request: HttpRequest, values: set[str]) -> str:
        # By the word before the id.
        segments = request.path_info.strip("/").split("/")
        thing = next((CALLED.get(before) for before, id_ in pairwise(segments) if id_ in values), None)
        return f"{thing} not found" if thing else "Not found"


def unread(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Answer a request whose body was not read, because it is too large, too slow or no sense can be made of it."""
    if status == 413 and request.content_type == "multipart/form-data":
        # The one form here is an upload, for which the document has words of its own, however large the file is.
        return JsonResponse({"detail": "File too large (max 10 MB)"}, status=400)
    return details.unread(request, status, sentence)
