"""The outreach desk's way of saying no (see :mod:`onward.apis.details`)."""

from django.http import HttpResponse

from onward.apis import details
from onward.platform.refusals import Conflict, Invalid

# What the documentation shows of refusals, by what has happened.
EXAMPLES = {
    "401: nobody is signed in": {"detail": "Authentication credentials were not provided"},
    "403: not on the team, or an admin's to do": {"detail": "You are not on the placement team."},
    "404: it is not there": {"detail": "Not found"},
    "409: somebody has it already, or it is too late": {"detail": "There is a company of this name already."},
    "422: a field is wrong": {
        "detail": [{"loc": ["body", "due_date"], "msg": "Field required", "type": "missing"}],
    },
    "429: too many requests": {"detail": "Request was throttled. Expected available in 3600 seconds."},
}

# The record's name for a field, and this document's, where they differ.
NAMES = {
    "assigned_to_id": "assigned_to",
    "closes_on": "deadline",
}


class Errors(details.Errors):
    """What the outreach desk's API answers when something goes wrong."""

    statuses = {Invalid: 422, Conflict: 409}
    names = NAMES

    def say_clash(self) -> HttpResponse:
        return self.say(409, Conflict.message, code=Conflict.code)
