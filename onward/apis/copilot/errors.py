"""The copilot API's way of saying no (see :mod:`onward.apis.details`)."""

from functools import partial

from django.http import HttpRequest, HttpResponse

from onward.apis import details
from onward.apis.base import Api
from onward.domain.accounts.providers import NotConfigured, ProviderProblem, Unreachable, Unusable
from onward.domain.assistant.writing import BadAnswer, WriterFailed

# What the documentation shows of refusals, by what has happened.
EXAMPLES = {
    "401: nobody is signed in": {"detail": "Not authenticated"},
    "403: an admin's to do": {"detail": "Admin access required"},
    "404: it is not there, or not yours": {"detail": "Job not found"},
    "422: a field is wrong": {
        "detail": [{"loc": ["body", "company"], "msg": "Field required", "type": "missing"}],
    },
    "429: too many requests": {"detail": "Request was throttled. Expected available in 3600 seconds."},
}

# The record's name for a field, and this document's, where they differ.
NAMES = {
    "desired_role": "desired_title",
    "preferred_work_type": "prefer_remote_jobs",
}


class Errors(details.Errors):
    """What the copilot API answers when something goes wrong."""

    names = NAMES
    queried = ("cursor",)
    nobody = "Not authenticated"

    def register(self, api: Api) -> None:
        super().register(api)
        for problem, status in ((NotConfigured, 503), (Unreachable, 503), (Unusable, 502)):
            api.add_exception_handler(problem, partial(self._no_provider, status))
        for failure, status in ((BadAnswer, 502), (WriterFailed, 503)):
            api.add_exception_handler(failure, partial(self._no_provider, status))

    def _no_provider(self, status: int, request: HttpRequest, problem: ProviderProblem | WriterFailed) -> HttpResponse:
        return self.say(status, problem.sentence)
