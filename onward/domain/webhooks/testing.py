"""Trying an endpoint out, while its owner waits."""

from datetime import datetime
from threading import BoundedSemaphore
from typing import Any
from uuid import uuid4

from onward.domain.webhooks import sending, services
from onward.domain.webhooks.choices import WebhookEvent
from onward.domain.webhooks.models import Endpoint
from onward.domain.webhooks.services import Attempt
from onward.platform import throttle
from onward.platform.refusals import Throttled

# Tests of one account in an hour.
MOST = 60
# Each takes a thread that answers requests for as long as the receiver takes, so that few may be under way.
AT_A_TIME = 2
_UNDER_WAY = BoundedSemaphore(AT_A_TIME)

APPLICATION = {"id": 1, "job_title": "Senior Software Engineer", "company_name": "Example Company"}
INTERVIEW = {
    "id": 1,
    "application": 1,
    "job_title": "Senior Software Engineer",
    "company_name": "Example Company",
    "interview_type": "technical",
    "round_number": 1,
    "scheduled_at": "2026-01-20T14:00:00Z",
}
EXAMPLES: dict[WebhookEvent, dict[str, Any]] = {
    WebhookEvent.APPLICATION_CREATED: {**APPLICATION, "status": "applied"},
    WebhookEvent.APPLICATION_UPDATED: {**APPLICATION, "changed": ["location"]},
    WebhookEvent.APPLICATION_DELETED: APPLICATION,
    WebhookEvent.STATUS_CHANGED: {**APPLICATION, "old_status": "applied", "new_status": "interviewing"},
    WebhookEvent.INTERVIEW_CREATED: INTERVIEW,
    WebhookEvent.INTERVIEW_UPDATED: {**INTERVIEW, "changed": ["scheduled_at"]},
    WebhookEvent.INTERVIEW_COMPLETED: {**INTERVIEW, "outcome": "passed"},
    WebhookEvent.INTERVIEW_CANCELLED: INTERVIEW,
    WebhookEvent.COMPANY_CREATED: {"id": 1, "name": "Example Company"},
}


def send_example(*, endpoint: Endpoint, event: WebhookEvent, at: datetime) -> Attempt:
    """Send an endpoint an example of an event, marked as a test, and list it among the deliveries.

    :raises Throttled: when too many are under way, or this account has asked too often
    """
    throttle.guard(f"webhook-test|{endpoint.owner_id}", MOST, 3600)
    body = services.payload(event, {**EXAMPLES[event], "test": True}, at=at)
    if not _UNDER_WAY.acquire(blocking=False):
        raise Throttled(5)
    try:
        uid = uuid4()
        attempt = sending.post(endpoint, uid, event.value, body.encode(), at=at)
    finally:
        _UNDER_WAY.release()
    services.record_test(endpoint=endpoint, uid=uid, event=event, body=body, attempt=attempt, at=at)
    return attempt
