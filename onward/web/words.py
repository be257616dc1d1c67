"""What people read for the record's words, in their language. APIs and exports keep the record's own."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onward.domain.applications.choices import Status
from onward.web.kit.dates import number

STATUS = {
    Status.WISHLIST: _("Wishlist"),
    Status.APPLIED: _("Applied"),
    Status.SCREENING: _("Screening"),
    Status.INTERVIEWING: _("Interviewing"),
    Status.OFFER: _("Offer"),
    Status.ACCEPTED: _("Accepted"),
    Status.REJECTED: _("Not this time"),
    Status.WITHDRAWN: _("Withdrawn"),
    Status.GHOSTED: _("No answer"),
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
COLUMN = {**{key.value: STATUS[key] for key in list(Status)[:5]}, "ended": _("Ended")}
TABLE_COLUMN = {
    "status": _("Status"),
    "applied": _("Applied"),
    "next": _("Next"),
    "priority": _("Priority"),
    "location": _("Place"),
    "source": _("Found through"),
    "salary": _("Salary"),
    "deadline": _("Apply by"),
    "touched": _("Touched"),
}
# How the cards of a column stand.
ORDER = {
    "urgency": _("What is due first"),
    "touched": _("What was touched last"),
    "applied": _("What was sent last"),
    "priority": _("What matters most"),
    "company": _("By company"),
}
PRIORITY = {"high": _("High"), "medium": _("Medium"), "low": _("Low"), "": ""}
WORK_TYPE = {"remote": _("Remote"), "hybrid": _("Hybrid"), "onsite": _("On site"), "any": _("Any"), "": ""}
GIVEN_PRIORITY = {"high": _("priority high"), "medium": _("priority medium"), "low": _("priority low")}
WITH_PRIORITY = {"high": _("Priority high"), "medium": _("Priority medium"), "low": _("Priority low")}
JOB_TYPE = {
    "full_time": _("Full-time"),
    "part_time": _("Part-time"),
    "contract": _("Contract"),
    "internship": _("Internship"),
    "freelance": _("Freelance"),
    "": "",
}
SOURCE = {
    "linkedin": "LinkedIn",
    "indeed": "Indeed",
    "glassdoor": "Glassdoor",
    "company_site": _("Company site"),
    "referral": _("Referral"),
    "job_board": _("Job board"),
    "recruiter": _("Recruiter"),
    "networking": _("Networking"),
    "job_fair": _("Job fair"),
    "other": _("Other"),
    "": "",
}
NOTE_TYPE = {
    "general": _("Note"),
    "follow_up": _("Follow-up"),
    "feedback": _("Feedback"),
    "research": _("Research"),
    "preparation": _("Preparation"),
}
# What the assistant writes.
WRITTEN = {
    "cover_letter": _("Letter"),
    "job_match": _("How well it fits"),
    "interview_questions": _("Questions they may ask"),
}
WRITTEN_ICON = {"cover_letter": "pencil", "job_match": "list-todo", "interview_questions": "messages-square"}
TASK = {"pending": _("waits for its turn"), "processing": _("is being written"), "failed": _("could not be written")}
TONE = {
    "professional": _("Professional"),
    "enthusiastic": _("Enthusiastic"),
    "formal": _("Formal"),
    "conversational": _("Conversational"),
    "confident": _("Confident"),
    "creative": _("Creative"),
}
# What a match is made of.
PART = {
    "qualifications": _("What they ask for"),
    "skills": _("Skills"),
    "experience": _("Experience"),
    "education": _("Education"),
    "responsibilities": _("What is to be done"),
}
INTERVIEW_TYPE = {
    "recruiter": _("Recruiter call"),
    "phone": _("Phone screen"),
    "technical": _("Technical"),
    "behavioral": _("Behavioral"),
    "coding": _("Coding challenge"),
    "take_home": _("Take-home"),
    "system_design": _("System design"),
    "panel": _("Panel"),
    "onsite": _("On site"),
    "hr": _("HR, final"),
    "other": _("Other"),
}
INTERVIEW_OUTCOME = {"pending": _("Not known yet"), "passed": _("Passed"), "failed": _("Not passed")}
INTERVIEW_STATUS = {
    "scheduled": _("Planned"),
    "completed": _("Held"),
    "cancelled": _("Called off"),
    "rescheduled": _("Put on another day"),
    "no_show": _("Did not happen"),
}
# What keys do, for the help: keys.js does it.
KEYS = (
    ("Ctrl K", _("Find anything")),
    ("?", _("This help")),
    ("/", _("Search")),
    ("N", _("New application")),
    ("G T", _("Go to Today; A applications, S saved, D deleted, E settings")),
    ("J K", _("Next, previous")),
    ("H L", _("Column to the left, to the right")),
    ("Enter", _("Open")),
    ("Space", _("Look at it beside the board")),
    ("X", _("Choose; with Shift all up to here")),
    ("M", _("Move, then a digit")),
    ("T", _("Tag it, or those that are chosen")),
    (".", _("Say what comes next")),
    ("E", _("Edit")),
    ("F", _("Filter")),
    ("V", _("Board or table")),
    ("D", _("Done, on Today")),
    ("S", _("Put off, on Today")),
    ("Z", _("Undo")),
    ("Esc", _("Close")),
)
MENDED = {
    "take_back": _("Taken back: it is in no figure any more."),
    "put_back": _("Put back."),
    "date": _("It has another day now."),
}
# What a mail is about that can be switched off.
MAIL = {
    "interview_reminder": _("Interview Reminder"),
    "application_status": _("Application Status Change"),
    "weekly_summary": _("Weekly Summary"),
    "custom": _("Custom Notification"),
}
# What is in the bin.
KIND = {
    "applications.application": _("Application"),
    "applications.document": _("Document"),
    "applications.outcome": _("Offer"),
    "applications.reflection": _("Reflection"),
    "applications.savedjob": _("Saved job"),
    "applications.tag": _("Tag"),
    "assistant.generation": _("Written by the assistant"),
    "community.group": _("Group"),
    "community.post": _("Post"),
    "companies.company": _("Company"),
    "contacts.contact": _("Contact"),
    "feed.savedsearch": _("Saved search"),
    "interviews.interview": _("Interview"),
    "reminders.reminder": _("Reminder"),
    "resumes.resume": _("Résumé"),
    "webhooks.endpoint": _("Webhook; it comes back switched off"),
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
IMPORT_STATE = {
    "planned": _("Not imported yet"),
    "running": _("Being imported"),
    "failed": _("Could not be imported"),
    "taken_back": _("Taken back"),
}
# The APIs: for whom they are, and what they do.
API = {
    "Tracker": (
        _("for job seekers"),
        _("Companies, applications from wishlist to offer, interviews, résumés, analytics of the history, exports."),
    ),
    "Offers": (
        _("for a personal journal"),
        _("Saved jobs, stages, offers, reflections and reminders, and people who cheer each other on."),
    ),
    "Copilot": (
        _("for assistants"),
        _("Jobs, applications and a board, imports and exports, and what is new the moment that it happens."),
    ),
    "Campus": (_("for schools"), _("A board of jobs and internships, applications, blogs and forums.")),
    "Outreach": (_("for placement teams"), _("Leads, follow-ups and the way from a call to a posting.")),
}
# What a column of a spreadsheet is taken for.
IMPORT_FIELD = {
    "company": _("Company"),
    "job_title": _("Job title"),
    "status": _("Status"),
    "priority": _("Priority"),
    "work_type": _("Where the work is done"),
    "location": _("Place"),
    "salary_min": _("Salary from"),
    "salary_max": _("Salary to"),
    "salary_currency": _("Currency"),
    "salary": _("Salary"),
    "source": _("Found through"),
    "applied_date": _("Applied on"),
    "response_date": _("Answered on"),
    "next_action": _("What comes next"),
    "next_action_date": _("By when"),
    "follow_up": _("Follow-up"),
    "job_url": _("Link to the posting"),
    "job_description": _("The posting's text"),
    "referrer_name": _("Referred by"),
    "cover_letter": _("Cover letter"),
    "contact": _("Contact (in a note)"),
    "number": _("Number of the posting (in a note)"),
    "notes": _("Notes"),
    "created_at": _("Written down on"),
}


def choices(table: Mapping[Any, Any], keys: Iterable[Any] | None = None) -> list[tuple[Any, Any]]:
    """Return a table as the choices of a form's field. :param keys: those that are offered; none: all but nothing"""
    return [(key, table[key]) for key in (table if keys is None else keys) if key]


def salary(low: int | None, high: int | None, currency: str) -> str:
    """Return a salary as it is said: 60,000–70,000 EUR."""
    ends = [number(end) for end in (low, high) if end is not None]
    return f"{'–'.join(dict.fromkeys(ends))} {currency}" if ends else ""


_BROWSERS: tuple[tuple[str, str | Promise], ...] = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("python", _("A script")),
)
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"))


def browser(agent: str) -> str:
    """Return what a browser calls itself, as a person would say it."""
    name = next((word for mark, word in _BROWSERS if mark in agent), _("A program"))
    system = next((word for mark, word in (*_SYSTEMS, ("Linux", "Linux")) if mark in agent), "")
    return gettext("%(browser)s on %(system)s") % {"browser": name, "system": system} if system else str(name)
