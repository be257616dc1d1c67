"""Sending deliveries: one at a time to each endpoint, in the order in which things happened."""

import time
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from onward.domain.webhooks import queries, services
from onward.domain.webhooks.models import Endpoint
from onward.domain.webhooks.services import Attempt
from onward.domain.webhooks.signing import signature, standard_signatures
from onward.platform import outbound

DEADLINE = 15.0
# Seconds after which a job ends, and asks for another one to go on: who has much to be sent, or never answers, lets the
# others have their turn. Shorter than the deadline, so that one who hangs keeps a thread for a single attempt.
TURN = 10.0


def send_due(*, endpoint_id: int) -> bool:
    """Send what is due to an endpoint, unless somebody is at it already; returns whether there is more to send."""
    holder = uuid4().hex
    ends = time.monotonic() + TURN
    is_claimed = False
    while services.claim_endpoint(endpoint_id=endpoint_id, holder=holder, at=timezone.now()):
        is_claimed = True
        delivery = queries.due(endpoint_id=endpoint_id, at=timezone.now()).select_related("endpoint").first()
        if delivery is not None:
            _release_connection()
            attempt = post(delivery.endpoint, delivery.uid, delivery.event, delivery.body.encode(), at=timezone.now())
            services.record(delivery=delivery, holder=holder, attempt=attempt, at=timezone.now())
            if time.monotonic() < ends:
                continue
        services.release_endpoint(endpoint_id=endpoint_id, holder=holder)
        is_claimed = False
        # Whoever wrote something down a moment ago found it claimed, and relies on this look.
        if not queries.due(endpoint_id=endpoint_id, at=timezone.now()).exists():
            return False
        if delivery is not None:
            return True
    if is_claimed:
        # It was switched off in the meantime.
        services.release_endpoint(endpoint_id=endpoint_id, holder=holder)
    return False


def _release_connection() -> None:
    # Many wait at the same time for servers that hang; a database has not that many connections.
    if not connection.in_atomic_block:
        connection.close()


def post(endpoint: Endpoint, message_id: UUID, event: str, body: bytes, *, at: datetime) -> Attempt:
    """Send a body to an endpoint, once. Not to be called inside a transaction: it may take fifteen seconds."""
    try:
        answer = outbound.request(
            "POST",
            endpoint.url,
            headers=headers(endpoint, message_id, event, body, at=at),
            body=body,
            deadline=DEADLINE,
            reach=services.reach(),
        )
    except outbound.NoAnswer as problem:
        return Attempt(status=None, error=problem.message)
    if 200 <= answer.status < 300:
        return Attempt(status=answer.status, error="")
    what = "a redirect, which is not followed" if 300 <= answer.status < 400 else "not a success"
    return Attempt(status=answer.status, error=f"The receiver answered {answer.status}, {what}.")


def headers(endpoint: Endpoint, message_id: UUID, event: str, body: bytes, *, at: datetime) -> dict[str, str]:
    """Return the headers that say what this is, and prove from whom."""
    timestamp = int(at.timestamp())
    keys = services.secrets_of(endpoint, at=at)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Onward-Webhooks/1",
        "X-Webhook-Event": event,
        "X-Webhook-Signature": signature(endpoint.secret, body),
        "X-Webhook-Timestamp": str(timestamp),
        "X-Webhook-Delivery-ID": str(message_id),
        "webhook-id": str(message_id),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": standard_signatures(keys, message_id=str(message_id), timestamp=timestamp, body=body),
    }
