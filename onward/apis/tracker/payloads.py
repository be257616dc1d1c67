"""What a webhook tells of, in the words of the tracker's document: one table, event → payload."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

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
from onward.domain.webhooks import services
from onward.domain.webhooks.choices import WebhookEvent
from onward.platform.events import Event
from onward.platform.events.event import plain

# The record's names for fields, where a client knows them by others.
SHOWN = {"company_id": "company", "resume_id": "resume_version", "application_id": "application"}
# What these programs have no field for.
UNKNOWN = frozenset({"job_type", "salary_currency", "notes", "name"})


class Payload(NamedTuple):
    """What a webhook tells of an event. :ivar data: returns its part of the payload"""

    what: WebhookEvent
    data: Callable[[Any], dict[str, Any]]


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


PAYLOADS: dict[type[Event], Payload] = {
    ApplicationCreated: Payload(
        WebhookEvent.APPLICATION_CREATED, lambda event: {**_application(event), "status": event.status}
    ),
    ApplicationUpdated: Payload(
        WebhookEvent.APPLICATION_UPDATED, lambda event: {**_application(event), "changed": _shown(event.changed)}
    ),
    StatusChanged: Payload(
        WebhookEvent.STATUS_CHANGED,
        lambda event: {**_application(event), "old_status": event.before, "new_status": event.after},
    ),
    ApplicationDeleted: Payload(WebhookEvent.APPLICATION_DELETED, _application),
    InterviewScheduled: Payload(WebhookEvent.INTERVIEW_CREATED, _interview),
    InterviewUpdated: Payload(
        WebhookEvent.INTERVIEW_UPDATED, lambda event: {**_interview(event), "changed": _shown(event.changed)}
    ),
    # These two are told of instead of the update that they are too.
    InterviewCompleted: Payload(
        WebhookEvent.INTERVIEW_COMPLETED, lambda event: {**_interview(event), "outcome": event.outcome}
    ),
    InterviewCancelled: Payload(WebhookEvent.INTERVIEW_CANCELLED, _interview),
    CompanyCreated: Payload(
        WebhookEvent.COMPANY_CREATED, lambda event: {"id": event.company_id, "name": event.company_name}
    ),
}


def announce(event: Event) -> None:
    """Announce an event, unless all that has changed are fields that these programs do not have.

    Who hears of the change of status that an update came with hears only of that.
    """
    if isinstance(event, ApplicationUpdated | InterviewUpdated) and not _shown(event.changed):
        return
    payload = PAYLOADS[type(event)]
    comes_with_a_move = isinstance(event, ApplicationUpdated) and event.moved
    unless = WebhookEvent.STATUS_CHANGED if comes_with_a_move else None
    services.announce(payload.what, event, lambda: payload.data(event), unless=unless)


def announce_all(events: Sequence[Event]) -> None:
    """Announce events of one kind in one record."""
    payload = PAYLOADS[type(events[0])]
    services.announce_all(payload.what, events, payload.data)
