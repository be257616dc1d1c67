"""What goes into the timeline when something happens.

The events carry every word that a line needs, so a line costs one insert and no question.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from onward.domain.activity.choices import Action
from onward.domain.activity.services import add_line, add_lines
from onward.domain.applications.choices import Status
from onward.domain.applications.events import (
    ApplicationCreated,
    ApplicationDeleted,
    ApplicationEvent,
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
    InterviewEvent,
    InterviewScheduled,
    InterviewUpdated,
)
from onward.domain.reminders.events import ReminderCompleted, ReminderCreated
from onward.domain.resumes.events import ResumeAdded
from onward.platform.events import Event
from onward.platform.events.event import plain


def application_created(event: ApplicationCreated) -> None:
    """Write: Created: Acme — Engineer."""
    add_line(**_created(event))


def applications_created(events: Sequence[ApplicationCreated]) -> None:
    """Write it of each."""
    add_lines(map(_created, events))


def _created(event: ApplicationCreated) -> dict[str, Any]:
    return {
        "owner_id": _owner(event),
        "action": Action.APPLICATION_CREATED,
        "description": f"Created: {_job(event)}",
        "application_id": event.application_id,
        "metadata": _from_saved_job(event.saved_job_uid),
        "at": event.at,
    }


def application_updated(event: ApplicationUpdated) -> None:
    """Write: Updated: Acme — Engineer, with the names of the fields."""
    add_line(
        owner_id=_owner(event),
        action=Action.APPLICATION_UPDATED,
        description=f"Updated: {_job(event)}",
        application_id=event.application_id,
        metadata={"fields": sorted(event.changed)},
        at=event.at,
    )


def status_changed(event: StatusChanged) -> None:
    """Write: Status: Applied → Interviewing, with the record's own words beside it."""
    add_line(
        owner_id=_owner(event),
        action=Action.STATUS_CHANGED,
        description=f"Status: {Status(event.before).label} → {Status(event.after).label}",
        application_id=event.application_id,
        metadata={
            "old_status": plain(event.before),
            "new_status": plain(event.after),
            **({"auto": True} if event.automatic else {}),
        },
        at=event.at,
    )


def application_deleted(event: ApplicationDeleted) -> None:
    """Write: Deleted: Acme — Engineer. The application's own lines have gone with it; this one names it only."""
    add_line(
        owner_id=_owner(event),
        action=Action.APPLICATION_DELETED,
        description=f"Deleted: {_job(event)}",
        metadata={"application_id": event.application_id},
        at=event.at,
    )


def note_added(event: NoteAdded) -> None:
    """Write: Note: Acme — Engineer."""
    add_line(
        owner_id=_owner(event),
        action=Action.NOTE_ADDED,
        description=f"Note: {_job(event)}",
        application_id=event.application_id,
        metadata={"note_id": event.note_id, "note_type": plain(event.note_type)},
        at=event.at,
    )


def outcome_recorded(event: OutcomeRecorded) -> None:
    """Write: Offer: Acme — Engineer."""
    add_line(
        owner_id=_owner(event),
        action=Action.OUTCOME_RECORDED,
        description=f"Offer: {_job(event)}",
        application_id=event.application_id,
        metadata={"outcome_id": event.outcome_id},
        at=event.at,
    )


def reflection_written(event: ReflectionWritten) -> None:
    """Write: Reflection: Acme — Engineer."""
    add_line(
        owner_id=_owner(event),
        action=Action.REFLECTION_WRITTEN,
        description=f"Reflection: {_job(event)}",
        application_id=event.application_id,
        metadata={"reflection_id": event.reflection_id},
        at=event.at,
    )


def document_added(event: DocumentAdded) -> None:
    """Write: Document: References (Acme — Engineer)."""
    add_line(
        owner_id=_owner(event),
        action=Action.DOCUMENT_ADDED,
        description=f"Document: {event.document_name} ({_job(event)})",
        application_id=event.application_id,
        metadata={"document_id": event.document_id},
        at=event.at,
    )


def interview_scheduled(event: InterviewScheduled) -> None:
    """Write: Interview: Phone Screen, round 1 (Acme — Engineer)."""
    _interview(event, Action.INTERVIEW_SCHEDULED, "Interview", {"scheduled_at": plain(event.scheduled_at)})


def interview_updated(event: InterviewUpdated) -> None:
    """Write: Interview updated: …, with the names of the fields."""
    _interview(event, Action.INTERVIEW_UPDATED, "Interview updated", {"fields": sorted(event.changed)})


def interview_completed(event: InterviewCompleted) -> None:
    """Write: Interview passed: …, or failed, or completed while the outcome is not known."""
    words = {Outcome.PASSED: "Interview passed", Outcome.FAILED: "Interview failed"}
    what = words.get(Outcome(event.outcome), "Interview completed")
    _interview(event, Action.INTERVIEW_COMPLETED, what, {"outcome": plain(event.outcome)})


def interview_cancelled(event: InterviewCancelled) -> None:
    """Write: Interview cancelled: …."""
    _interview(event, Action.INTERVIEW_CANCELLED, "Interview cancelled", {})


def resume_added(event: ResumeAdded) -> None:
    """Write: Résumé: Backend 2026."""
    add_line(
        owner_id=_owner(event),
        action=Action.RESUME_ADDED,
        description=f"Résumé: {event.version_name}",
        metadata={"resume_id": event.resume_id},
        at=event.at,
    )


def generated(event: Generated) -> None:
    """Write: Cover Letter: Acme — Engineer, where it was written for an application."""
    if event.application_id is None:
        return
    about = " — ".join(filter(None, (event.company_name, event.job_title)))
    add_line(
        owner_id=_owner(event),
        action=Action.GENERATED,
        description=": ".join(filter(None, (Kind(event.kind).label, about))),
        application_id=event.application_id,
        metadata={"generation_id": event.generation_id, "kind": plain(event.kind)},
        at=event.at,
    )


def company_created(event: CompanyCreated) -> None:
    """Write: Company: Acme."""
    add_line(**_company(event))


def companies_created(events: Sequence[CompanyCreated]) -> None:
    """Write it of each."""
    add_lines(map(_company, events))


def _company(event: CompanyCreated) -> dict[str, Any]:
    return {
        "owner_id": _owner(event),
        "action": Action.COMPANY_CREATED,
        "description": f"Company: {event.company_name}",
        "metadata": {"company_id": event.company_id},
        "at": event.at,
    }


def contact_added(event: ContactAdded) -> None:
    """Write: Contact: Jane Doe."""
    add_line(
        owner_id=_owner(event),
        action=Action.CONTACT_ADDED,
        description=f"Contact: {event.contact_name}",
        application_id=event.application_id,
        metadata={"contact_id": event.contact_id},
        at=event.at,
    )


def reminder_created(event: ReminderCreated) -> None:
    """Write: Reminder: Call Jane, with the time of it."""
    add_line(
        owner_id=_owner(event),
        action=Action.REMINDER_CREATED,
        description=f"Reminder: {event.title}",
        application_id=event.application_id,
        metadata={"reminder_id": event.reminder_id, "remind_at": plain(event.remind_at)},
        at=event.at,
    )


def reminder_completed(event: ReminderCompleted) -> None:
    """Write: Reminder completed: Call Jane."""
    add_line(
        owner_id=_owner(event),
        action=Action.REMINDER_COMPLETED,
        description=f"Reminder completed: {event.title}",
        application_id=event.application_id,
        metadata={"reminder_id": event.reminder_id},
        at=event.at,
    )


def tag_assigned(event: TagAssigned) -> None:
    """Write: Tag: urgent (Acme — Engineer)."""
    add_line(
        owner_id=_owner(event),
        action=Action.TAG_ASSIGNED,
        description=f"Tag: {event.tag_name} ({_job(event)})",
        application_id=event.application_id,
        metadata={"tag_id": event.tag_id},
        at=event.at,
    )


def job_saved(event: JobSaved) -> None:
    """Write: Created: Acme — Engineer, as of an application, and that it is a saved job."""
    add_line(
        owner_id=_owner(event),
        action=Action.JOB_SAVED,
        description=f"Created: {' — '.join(filter(None, (event.company_name, event.job_title)))}",
        metadata=_from_saved_job(event.saved_job_uid),
        at=event.at,
    )


def _from_saved_job(uid: UUID | None) -> dict[str, object]:
    return {} if uid is None else {"source": "saved_job", "saved_job_id": plain(uid)}


def _interview(event: InterviewEvent, action: Action, what: str, metadata: dict[str, object]) -> None:
    add_line(
        owner_id=_owner(event),
        action=action,
        description=f"{what}: {event.title}, round {event.round_number} ({_job(event)})",
        application_id=event.application_id,
        metadata={"interview_id": event.interview_id, **metadata},
        at=event.at,
    )


def _job(event: ApplicationEvent | InterviewEvent) -> str:
    return f"{event.company_name} — {event.job_title}"


def _owner(event: Event) -> int:
    assert event.owner_id is not None, f"{event.name} belongs to somebody"
    return event.owner_id
