"""What goes into the timeline when something happens: one table, event → line.

The events carry every word that a line needs, so a line costs one insert and no question.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from onward.domain.activity.choices import Action
from onward.domain.activity.services import add_line, add_lines
from onward.domain.applications.choices import Status
from onward.domain.applications.events import (
    ApplicationCreated,
    ApplicationDeleted,
    ApplicationUpdated,
    DocumentAdded,
    JobSaved,
    NoteAdded,
    OutcomeRecorded,
    ReflectionWritten,
    StatusChanged,
    TagAssigned,
)
from onward.domain.assistant.choices import Kind
from onward.domain.assistant.events import Generated
from onward.domain.companies.events import CompanyCreated
from onward.domain.contacts.events import ContactAdded
from onward.domain.interviews.choices import Outcome
from onward.domain.interviews.events import (
    InterviewCancelled,
    InterviewCompleted,
    InterviewScheduled,
    InterviewUpdated,
)
from onward.domain.reminders.events import ReminderCompleted, ReminderCreated
from onward.domain.resumes.events import ResumeAdded
from onward.platform.events import Event
from onward.platform.events.event import plain

Words = Callable[[Any], dict[str, Any]]


class Line(NamedTuple):
    """A line of the timeline.

    :ivar action: what somebody did
    :ivar sentence: what is shown, with the event's fields and ``{job}``, its company and title, in their places
    :ivar noted: the event's fields that are kept beside it, by the names under which they are
    :ivar words: what the sentence needs besides
    :ivar more: what is kept besides
    """

    action: Action
    sentence: str
    noted: Mapping[str, str] = {}
    words: Words = lambda event: {}
    more: Words = lambda event: {}


def _as(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _fields(event: ApplicationUpdated | InterviewUpdated) -> dict[str, Any]:
    return {"fields": sorted(event.changed)}


def _saved_job(event: ApplicationCreated | JobSaved) -> dict[str, Any]:
    uid = event.saved_job_uid
    return {} if uid is None else {"source": "saved_job", "saved_job_id": plain(uid)}


def _move(event: StatusChanged) -> dict[str, Any]:
    return {"before_label": Status(event.before).label, "after_label": Status(event.after).label}


_ENDS = {Outcome.PASSED: "passed", Outcome.FAILED: "failed"}
_INTERVIEW = "{title}, round {round_number} ({job})"

LINES: dict[type[Event], Line] = {
    ApplicationCreated: Line(Action.APPLICATION_CREATED, "Created: {job}", more=_saved_job),
    ApplicationUpdated: Line(Action.APPLICATION_UPDATED, "Updated: {job}", more=_fields),
    StatusChanged: Line(
        Action.STATUS_CHANGED,
        "Status: {before_label} → {after_label}",
        {"old_status": "before", "new_status": "after"},
        words=_move,
        more=lambda event: {"auto": True} if event.automatic else {},
    ),
    ApplicationDeleted: Line(Action.APPLICATION_DELETED, "Deleted: {job}", _as("application_id")),
    NoteAdded: Line(Action.NOTE_ADDED, "Note: {job}", _as("note_id", "note_type")),
    OutcomeRecorded: Line(Action.OUTCOME_RECORDED, "Offer: {job}", _as("outcome_id")),
    ReflectionWritten: Line(Action.REFLECTION_WRITTEN, "Reflection: {job}", _as("reflection_id")),
    DocumentAdded: Line(Action.DOCUMENT_ADDED, "Document: {document_name} ({job})", _as("document_id")),
    InterviewScheduled: Line(
        Action.INTERVIEW_SCHEDULED, f"Interview: {_INTERVIEW}", _as("interview_id", "scheduled_at")
    ),
    InterviewUpdated: Line(
        Action.INTERVIEW_UPDATED, f"Interview updated: {_INTERVIEW}", _as("interview_id"), more=_fields
    ),
    InterviewCompleted: Line(
        Action.INTERVIEW_COMPLETED,
        f"Interview {{end}}: {_INTERVIEW}",
        _as("interview_id", "outcome"),
        words=lambda event: {"end": _ENDS.get(Outcome(event.outcome), "completed")},
    ),
    InterviewCancelled: Line(Action.INTERVIEW_CANCELLED, f"Interview cancelled: {_INTERVIEW}", _as("interview_id")),
    ResumeAdded: Line(Action.RESUME_ADDED, "Résumé: {version_name}", _as("resume_id")),
    Generated: Line(
        Action.GENERATED,
        "{about}",
        _as("generation_id", "kind"),
        words=lambda event: {"about": ": ".join(filter(None, (Kind(event.kind).label, _job(event))))},
    ),
    CompanyCreated: Line(Action.COMPANY_CREATED, "Company: {company_name}", _as("company_id")),
    ContactAdded: Line(Action.CONTACT_ADDED, "Contact: {contact_name}", _as("contact_id")),
    ReminderCreated: Line(Action.REMINDER_CREATED, "Reminder: {title}", _as("reminder_id", "remind_at")),
    ReminderCompleted: Line(Action.REMINDER_COMPLETED, "Reminder completed: {title}", _as("reminder_id")),
    TagAssigned: Line(Action.TAG_ASSIGNED, "Tag: {tag_name} ({job})", _as("tag_id")),
    JobSaved: Line(Action.JOB_SAVED, "Created: {job}", more=_saved_job),
}


def write_line(event: Event) -> None:
    """Write the line of an event."""
    add_line(**_line(event))


def write_lines(events: Sequence[Event]) -> None:
    """Write the lines of many events."""
    add_lines(map(_line, events))


def generated(event: Generated) -> None:
    """Write the line of what was written for an application; nothing is told of the rest."""
    if event.application_id is not None:
        write_line(event)


def _line(event: Event) -> dict[str, Any]:
    assert event.owner_id is not None, f"{event.name} belongs to somebody"
    line, known = LINES[type(event)], vars(event)
    return {
        "owner_id": event.owner_id,
        "action": line.action,
        "description": line.sentence.format_map({**known, "job": _job(event), **line.words(event)}),
        # The lines of an application go with it; that it is gone is told by one that only names it.
        "application_id": None if isinstance(event, ApplicationDeleted) else known.get("application_id"),
        "metadata": {**{name: plain(known[field]) for name, field in line.noted.items()}, **line.more(event)},
        "at": event.at,
    }


def _job(event: Any) -> str:
    return " — ".join(filter(None, (getattr(event, "company_name", ""), getattr(event, "job_title", ""))))
