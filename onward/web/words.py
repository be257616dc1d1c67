"""What people read for the record's words. APIs and exports keep the record's own."""

from collections.abc import Mapping

from onward.domain.accounts.services.second_factor import WrongCode
from onward.domain.accounts.services.signing_in import WrongCredentials
from onward.domain.applications.choices import Source, Status
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
# Columns of the board and of the table.
COLUMN: Mapping[str, str] = {**{key.value: STATUS[key] for key in list(Status)[:5]}, "ended": "Ended"}
TABLE_COLUMN = {
    "status": "Status",
    "applied": "Applied",
    "next": "Next",
    "priority": "Priority",
    "location": "Place",
    "source": "Found through",
    "salary": "Salary",
    "deadline": "Apply by",
    "touched": "Touched",
}
# How the cards of a column stand.
ORDER = {
    "urgency": "What is due first",
    "touched": "What was touched last",
    "applied": "What was sent last",
    "priority": "What matters most",
    "company": "By company",
}
PRIORITY = {"high": "High", "medium": "Medium", "low": "Low", "": ""}
WORK_TYPE = {"remote": "Remote", "hybrid": "Hybrid", "onsite": "On site", "any": "Any", "": ""}
SOURCE = {**{key: Source(key).label for key in Source.values}, "company_site": "Company site", "": ""}
NOTE_TYPE = {
    "general": "Note",
    "follow_up": "Follow-up",
    "feedback": "Feedback",
    "research": "Research",
    "preparation": "Preparation",
}
# What the assistant writes.
WRITTEN = {"cover_letter": "Letter", "job_match": "How well it fits", "interview_questions": "Questions they may ask"}
WRITTEN_ICON = {"cover_letter": "pencil", "job_match": "list-todo", "interview_questions": "messages-square"}
TASK = {"pending": "waits for its turn", "processing": "is being written", "failed": "could not be written"}
# What a match is made of.
PART = {
    "qualifications": "What they ask for",
    "skills": "Skills",
    "experience": "Experience",
    "education": "Education",
    "responsibilities": "What is to be done",
}
INTERVIEW_STATUS = {
    "scheduled": "Planned",
    "completed": "Held",
    "cancelled": "Called off",
    "rescheduled": "Put on another day",
    "no_show": "Did not happen",
}
# What keys do, for the help: keys.js does it.
KEYS = (
    ("Ctrl K", "Find anything"),
    ("?", "This help"),
    ("/", "Search"),
    ("N", "New application"),
    ("G T", "Go to Today; A applications, S saved, D deleted, E settings"),
    ("J K", "Next, previous"),
    ("H L", "Column to the left, to the right"),
    ("Enter", "Open"),
    ("Space", "Look at it beside the board"),
    ("X", "Choose; with Shift all up to here"),
    ("M", "Move, then a digit"),
    ("T", "Tag it, or those that are chosen"),
    (".", "Say what comes next"),
    ("E", "Edit"),
    ("F", "Filter"),
    ("V", "Board or table"),
    ("D", "Done, on Today"),
    ("S", "Put off, on Today"),
    ("Z", "Undo"),
    ("Esc", "Close"),
)
MENDED = {
    "take_back": "Taken back: it is in no figure any more.",
    "put_back": "Put back.",
    "date": "It has another day now.",
}
# What is in the bin.
KIND = {
    "applications.application": "Application",
    "applications.document": "Document",
    "applications.outcome": "Offer",
    "applications.reflection": "Reflection",
    "applications.savedjob": "Saved job",
    "applications.tag": "Tag",
    "assistant.generation": "Written by the assistant",
    "community.group": "Group",
    "community.post": "Post",
    "companies.company": "Company",
    "contacts.contact": "Contact",
    "feed.savedsearch": "Saved search",
    "interviews.interview": "Interview",
    "reminders.reminder": "Reminder",
    "resumes.resume": "Résumé",
    "webhooks.endpoint": "Webhook; it comes back switched off",
}
KIND_ICON = {
    "applications.application": "square-kanban",
    "applications.document": "file-text",
    "applications.outcome": "gift",
    "applications.reflection": "pencil",
    "applications.savedjob": "bookmark",
    "applications.tag": "tag",
    "assistant.generation": "pencil",
    "community.group": "user",
    "community.post": "message-square",
    "companies.company": "building-2",
    "contacts.contact": "user",
    "feed.savedsearch": "search",
    "interviews.interview": "calendar",
    "reminders.reminder": "alarm-clock",
    "resumes.resume": "file-text",
    "webhooks.endpoint": "link",
}
# What a column of a spreadsheet is taken for.
IMPORT_FIELD = {
    "company": "Company",
    "job_title": "Job title",
    "status": "Status",
    "priority": "Priority",
    "work_type": "Where the work is done",
    "location": "Place",
    "salary_min": "Salary from",
    "salary_max": "Salary to",
    "salary_currency": "Currency",
    "salary": "Salary",
    "source": "Found through",
    "applied_date": "Applied on",
    "response_date": "Answered on",
    "next_action": "What comes next",
    "next_action_date": "By when",
    "follow_up": "Follow-up",
    "job_url": "Link to the posting",
    "job_description": "The posting's text",
    "referrer_name": "Referred by",
    "cover_letter": "Cover letter",
    "contact": "Contact (in a note)",
    "number": "Number of the posting (in a note)",
    "notes": "Notes",
    "created_at": "Written down on",
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


def salary(low: int | None, high: int | None, currency: str) -> str:
    """Return a salary as it is said: 60,000–70,000 EUR."""
    ends = [f"{end:,}" for end in (low, high) if end is not None]
    return f"{'–'.join(dict.fromkeys(ends))} {currency}" if ends else ""


_BROWSERS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("python", "A script"),
)
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"))


def browser(agent: str) -> str:
    """Return what a browser calls itself, as a person would say it."""
    name = next((word for mark, word in _BROWSERS if mark in agent), "A program")
    system = next((word for mark, word in (*_SYSTEMS, ("Linux", "Linux")) if mark in agent), "")
    return f"{name} on {system}" if system else name
