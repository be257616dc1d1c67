"""What people read for the record's words. APIs and exports keep the record's own."""

from collections.abc import Mapping

from onward.domain.accounts.services.second_factor import WrongCode
from onward.domain.accounts.services.signing_in import WrongCredentials
from onward.domain.applications.choices import Status
from onward.platform.refusals import Refusal, Throttled

STATUS = {
    Status.WISHLIST: "Wishlist",
    Status.APPLIED: "Applied",
    Status.SCREENING: "Screening",
    Status.INTERVIEWING: "Interviewing",
    Status.OFFER: "Offer",
    Status.ACCEPTED: "Accepted",
    Status.REJECTED: "Not this time",
    Status.WITHDRAWN: "Withdrawn",
    Status.GHOSTED: "No answer",
}
# By their names in the sprite.
STATUS_ICON = {
    Status.WISHLIST: "bookmark",
    Status.APPLIED: "send",
    Status.SCREENING: "phone",
    Status.INTERVIEWING: "messages-square",
    Status.OFFER: "gift",
    Status.ACCEPTED: "circle-check",
    Status.REJECTED: "circle-x",
    Status.WITHDRAWN: "undo-2",
    Status.GHOSTED: "ghost",
}
PRIORITY = {"high": "High", "medium": "Medium", "low": "Low", "": ""}
WORK_TYPE = {"remote": "Remote", "hybrid": "Hybrid", "onsite": "On site", "any": "Any", "": ""}
NOTE_TYPE = {
    "general": "Note",
    "follow_up": "Follow-up",
    "feedback": "Feedback",
    "research": "Research",
    "preparation": "Preparation",
}
# Where an API's sentence would say nothing to a person.
_REFUSALS: Mapping[type[Refusal], str] = {
    WrongCredentials: "The email or the password is not right.",
    WrongCode: "This code is not right, or was used before.",
    Throttled: "Too many tries. Wait some minutes and try again.",
}


def refusal(given: Refusal) -> str:
    """Return a refusal's sentence for a person."""
    return _REFUSALS.get(type(given), given.message)
