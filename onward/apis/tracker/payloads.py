"""Which of the things that happen a webhook tells of, in the words of the tracker's document, which describes them."""

from collections.abc import Sequence
from typing import Any

from onward.apis.tracker.lenses import INTERVIEW_TYPE
from onward.domain.applications.events import (
    ApplicationCreated,
    ApplicationDeleted,
    ApplicationEvent,
    ApplicationUpdated,
    StatusChanged,
)
from onward.domain.companies.events import CompanyCreated
from onward.domain.interviews.events import (
    InterviewCancelled,
    InterviewCompleted,
    InterviewEvent,
    InterviewScheduled,
    InterviewUpdated,
)
from onward.domain.webhooks.choices import WebhookEvent
from onward.domain.webhooks.services import announce, announce_all
from onward.platform.events.event import plain

# The record's names for fields, where a client knows them by others.
SHOWN = {"company_id": "company", "resume_id": "resume_version", "application_id": "application"}
# What these programs have no field for.
UNKNOWN = frozenset({"job_type", "salary_currency", "notes", "name"})


def application_created(event: ApplicationCreated) -> None:
    """Announce ``application.created``."""
    announce(WebhookEvent.APPLICATION_CREATED, event, lambda: {**_application(event), "status": event.status})


def applications_created(events: Sequence[ApplicationCreated]) -> None:
    """Announce each of them."""
    announce_all(
        WebhookEvent.APPLICATION_CREATED, events, lambda event: {**_application(event), "status": event.status}
    )


def application_updated(event: ApplicationUpdated) -> None:
    """Announce ``application.updated``; who hears of the change of status that it came with hears only of that."""
    if changed := _shown(event.changed):
        announce(
            WebhookEvent.APPLICATION_UPDATED,
            event,
            lambda: {**_application(event), "changed": changed},
            unless=WebhookEvent.STATUS_CHANGED if event.moved else None,
        )


def status_changed(event: StatusChanged) -> None:
    """Announce ``application.status_changed``."""
    announce(
        WebhookEvent.STATUS_CHANGED,
        event,
        lambda: {**_application(event), "old_status": event.before, "new_status": event.after},
    )


def application_deleted(event: ApplicationDeleted) -> None:
    """Announce ``application.deleted``."""
    announce(WebhookEvent.APPLICATION_DELETED, event, lambda: _application(event))


def interview_scheduled(event: InterviewScheduled) -> None:
    """Announce ``interview.created``."""
    announce(WebhookEvent.INTERVIEW_CREATED, event, lambda: _interview(event))


def interview_updated(event: InterviewUpdated) -> None:
    """Announce ``interview.updated``."""
    if changed := _shown(event.changed):
        announce(WebhookEvent.INTERVIEW_UPDATED, event, lambda: {**_interview(event), "changed": changed})


def interview_completed(event: InterviewCompleted) -> None:
    """Announce ``interview.completed``, and not of an update as well."""
    announce(WebhookEvent.INTERVIEW_COMPLETED, event, lambda: {**_interview(event), "outcome": event.outcome})


def interview_cancelled(event: InterviewCancelled) -> None:
    """Announce ``interview.cancelled``, and not of an update as well."""
    announce(WebhookEvent.INTERVIEW_CANCELLED, event, lambda: _interview(event))


def company_created(event: CompanyCreated) -> None:
    """Announce ``company.created``."""
    announce(WebhookEvent.COMPANY_CREATED, event, lambda: {"id": event.company_id, "name": event.company_name})


def companies_created(events: Sequence[CompanyCreated]) -> None:
    """Announce each of them."""
    announce_all(
        WebhookEvent.COMPANY_CREATED, events, lambda event: {"id": event.company_id, "name": event.company_name}
    )


def _application(event: ApplicationEvent) -> dict[str, Any]:
    return {"id": event.application_id, "job_title": event.job_title, "company_name": event.company_name}


def _interview(event: InterviewEvent) -> dict[str, Any]:
    return {
        "id": event.interview_id,
        "application": event.application_id,
        "job_title": event.job_title,
        "company_name": event.company_name,
        "interview_type": INTERVIEW_TYPE.show(event.interview_type),
        "round_number": event.round_number,
        "scheduled_at": plain(event.scheduled_at),
    }


def _shown(fields: list[str]) -> list[str]:
    return [SHOWN.get(field, field) for field in fields if field not in UNKNOWN]
