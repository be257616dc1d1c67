"""The copilot API's way of saying no (see :mod:`onward.apis.details`)."""

from onward.apis import details

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
    nobody = "Not authenticated"
