"""Writing webhook endpoints and deliveries."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from onward.domain.accounts.models import User
from onward.domain.webhooks import queries
from onward.domain.webhooks.choices import OPEN, DeliveryStatus, PauseReason, WebhookEvent
from onward.domain.webhooks.events import (
    EndpointAdded,
    EndpointChanged,
    EndpointPaused,
    EndpointRemoved,
    SecretRegenerated,
)
from onward.domain.webhooks.models import Delivery, Endpoint
from onward.domain.webhooks.signing import new_secret
from onward.platform import outbound
from onward.platform.bin.services import discard
from onward.platform.events import Event, publish
from onward.platform.events.event import plain
from onward.platform.jobs import enqueue
from onward.platform.record import change, locked, locked_for_removal, save
from onward.platform.record.append import append, append_all
from onward.platform.refusals import Conflict, Invalid, Missing

E = TypeVar("E", bound=Event)

FIELDS = frozenset({"name", "url", "events", "is_active"})
MOST_ENDPOINTS = 100
# Deliveries in a row that may fail before nothing is sent any more.
MOST_FAILURES = 10
KEPT = timedelta(days=30)
FORMER_SECRET = timedelta(hours=24)
MOST_FORMER_SECRETS = 5
# How long an endpoint is believed to be sent to: longer than an attempt can take.
CLAIM = timedelta(seconds=30)
INACTIVE = "The endpoint was switched off before this was sent."


@transaction.atomic
def add(*, owner_id: int, name: str, url: str, events: Sequence[str], at: datetime, is_active: bool = True) -> Endpoint:
    """Add an endpoint that is told of what happens in somebody's record.

    :raises Invalid: when the address is one that is never asked, or there are too many endpoints
    """
    target = _target(url)
    # Of two that are added at the same moment the second is counted after the first.
    locked(User(pk=owner_id))
    if Endpoint.objects.filter(owner_id=owner_id).count() >= MOST_ENDPOINTS:
        raise Invalid(fields={"": [f"You can have at most {MOST_ENDPOINTS} webhooks. Delete one to add another."]})
    endpoint = Endpoint.objects.create(
        owner_id=owner_id,
        name=name,
        url=url,
        events=_each_once(events),
        is_active=is_active,
        created_at=at,
        updated_at=at,
    )
    publish(EndpointAdded(owner_id=owner_id, at=at, endpoint=endpoint.uid, host=target.host))
    return endpoint


@transaction.atomic
def update(*, endpoint: Endpoint, at: datetime, **changes: Any) -> Endpoint:
    """Change an endpoint. Switched off, it gives up what it has not sent; switched on, it begins without failures.

    :raises Invalid: when the address is one that is never asked
    """
    endpoint = locked(endpoint)
    if "events" in changes:
        changes["events"] = _each_once(changes["events"])
    changed = change(endpoint, FIELDS, changes)
    if not changed:
        return endpoint
    if "url" in changed:
        _target(changes["url"])
    if "is_active" in changed:
        endpoint.failure_count = 0 if endpoint.is_active else endpoint.failure_count
        if not endpoint.is_active:
            _give_up(endpoint)
    save(endpoint, [*changed, "failure_count"], at=at)
    publish(EndpointChanged(owner_id=endpoint.owner_id, at=at, endpoint=endpoint.uid, changed=changed))
    return endpoint


@transaction.atomic
def remove(*, endpoint: Endpoint, at: datetime) -> None:
    """Remove an endpoint with its deliveries. The bin keeps it, switched off, without them."""
    endpoint = locked_for_removal(endpoint)
    Delivery.objects.filter(endpoint=endpoint).delete()
    # Nothing is sent anywhere because something came back.
    endpoint.is_active = False
    discard(endpoint, owner_id=endpoint.owner_id, title=endpoint.url, at=at)
    publish(EndpointRemoved(owner_id=endpoint.owner_id, at=at, endpoint=endpoint.uid))


@transaction.atomic
def regenerate_secret(*, endpoint: Endpoint, at: datetime) -> Endpoint:
    """Replace an endpoint's secret. The one before it signs too, for a day, so that no receiver must hurry."""
    endpoint = locked(endpoint)
    former = {"secret": endpoint.secret, "until": (at + FORMER_SECRET).isoformat()}
    endpoint.former_secrets = [former, *_still_valid(endpoint.former_secrets, at)][:MOST_FORMER_SECRETS]
    endpoint.secret = new_secret()
    endpoint.updated_at = at
    endpoint.save(update_fields=["secret", "former_secrets", "updated_at"])
    publish(SecretRegenerated(owner_id=endpoint.owner_id, at=at, endpoint=endpoint.uid))
    return endpoint


def secrets_of(endpoint: Endpoint, *, at: datetime) -> list[str]:
    """Return the secrets that an endpoint signs with: its own, and those before it for as long as they are good."""
    return [endpoint.secret, *(former["secret"] for former in _still_valid(endpoint.former_secrets, at))]


def announce(
    what: WebhookEvent, event: Event, data: Callable[[], dict[str, Any]], *, unless: WebhookEvent | None = None
) -> None:
    """Write down what is to be sent to whom, in the transaction of what happened.

    Most people have no endpoint: for them this is one quick question.

    :param data: returns what the payload says of it
    :param unless: who listens to this too is not told
    """
    assert event.owner_id is not None, f"{event.name} belongs to somebody"
    endpoints = [
        pk
        for pk, events in queries.LISTENING.rows(owner_id=event.owner_id)
        if what in (listens := _event_names(events)) and unless not in listens
    ]
    if not endpoints:
        return
    body = payload(what, data(), at=event.at)
    for endpoint_id in endpoints:
        append(Delivery, **_due(event.owner_id, endpoint_id, what, body, event.at))
        _ask_to_send(endpoint_id)


def announce_all(what: WebhookEvent, events: Sequence[E], data: Callable[[E], dict[str, Any]]) -> None:
    """Write down what is to be sent of many things that happened in one record, as `announce` does of each."""
    owner_id = events[0].owner_id
    assert owner_id is not None, f"{events[0].name} belongs to somebody"
    listening = queries.LISTENING.rows(owner_id=owner_id)
    endpoints = [pk for pk, listens in listening if what in _event_names(listens)]
    bodies = [(event.at, payload(what, data(event), at=event.at)) for event in events] if endpoints else []
    for endpoint_id in endpoints:
        append_all(Delivery, [_due(owner_id, endpoint_id, what, body, at) for at, body in bodies])
        _ask_to_send(endpoint_id)


def _due(owner_id: int, endpoint_id: int, what: WebhookEvent, body: str, at: datetime) -> dict[str, Any]:
    """Return the row of a delivery that is to be sent at once."""
    return {
        "owner_id": owner_id,
        "endpoint_id": endpoint_id,
        "event": what.value,
        "body": body,
        "max_attempts": len(settings.WEBHOOK_RETRIES) + 1,
        "due_at": at,
        "created_at": at,
        "updated_at": at,
    }


def _event_names(events: Any) -> Any:
    # SQLite knows JSON as text only.
    return json.loads(events) if isinstance(events, str) else events


def payload(what: WebhookEvent, data: dict[str, Any], *, at: datetime) -> str:
    """Write what is sent, as JSON."""
    told = {"event": what.value, "timestamp": plain(at), "data": plain(data)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


@transaction.atomic
def retry(*, delivery: Delivery, at: datetime) -> None:
    """Send again what has failed, with as many attempts before it as at first; what waits for its next attempt need
    not wait. The attempts that were made stay counted.

    :raises Conflict: when it has arrived, or its endpoint is switched off
    """
    delivery = locked(delivery)
    if delivery.status == DeliveryStatus.SUCCESS:
        raise Conflict("Cannot retry successful delivery")
    if not delivery.endpoint.is_active:
        raise Conflict("This webhook is not active. Activate it to send again.")
    if delivery.status == DeliveryStatus.FAILED:
        delivery.status = DeliveryStatus.PENDING
        delivery.max_attempts = delivery.attempt_count + len(settings.WEBHOOK_RETRIES) + 1
        delivery.error_message = ""
        delivery.response_status_code = None
    delivery.due_at = at
    delivery.updated_at = at
    delivery.save()
    _ask_to_send(delivery.endpoint_id)


def claim_endpoint(*, endpoint_id: int, holder: str, at: datetime) -> bool:
    """Claim an active endpoint for sending, or renew the claim; False when somebody else has it."""
    return bool(
        Endpoint.objects.filter(pk=endpoint_id, is_active=True)
        .filter(Q(claimed_until=None) | Q(claimed_until__lt=at) | Q(holder=holder))
        .update(holder=holder, claimed_until=at + CLAIM)
    )


def release_endpoint(*, endpoint_id: int, holder: str) -> None:
    """Release the claim on an endpoint."""
    Endpoint.objects.filter(pk=endpoint_id, holder=holder).update(holder="", claimed_until=None)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What came of sending something once.

    :ivar status: the receiver's answer; None without one
    :ivar error: why it has not arrived; empty when it has
    """

    status: int | None
    error: str

    @property
    def arrived(self) -> bool:
        return not self.error


@transaction.atomic
def record_test(
    *, endpoint: Endpoint, uid: UUID, event: WebhookEvent, body: str, attempt: Attempt, at: datetime
) -> None:
    """List a test that was sent by hand among the deliveries; its payload says that it is one.

    It is made once, and what comes of it says nothing about whether the endpoint is well.
    """
    try:
        locked(endpoint)
    except Missing:
        # It was removed while the test was on its way.
        return
    Delivery.objects.create(
        uid=uid,
        owner_id=endpoint.owner_id,
        endpoint=endpoint,
        event=event,
        body=body,
        status=DeliveryStatus.SUCCESS if attempt.arrived else DeliveryStatus.FAILED,
        attempt_count=1,
        max_attempts=1,
        due_at=None,
        response_status_code=attempt.status,
        error_message=attempt.error[:300],
        delivered_at=at if attempt.arrived else None,
        created_at=at,
        updated_at=at,
    )


GONE = 410


@transaction.atomic
def record(*, delivery: Delivery, holder: str, attempt: Attempt, at: datetime) -> None:
    """Write down what came of an attempt, and when there will be another.

    Who was not heard of for so long that another sends now has nothing to say any more. What was given up while it was
    on its way is taken back only when it has arrived.
    """
    try:
        # What happens meanwhile can still be written down for it.
        endpoint = locked(Endpoint(pk=delivery.endpoint_id))
    except Missing:
        return
    current = Delivery.objects.filter(pk=delivery.pk).exclude(status=DeliveryStatus.SUCCESS).first()
    if endpoint.holder != holder or current is None or (current.status not in OPEN and not attempt.arrived):
        return
    current.attempt_count += 1
    current.response_status_code = attempt.status
    current.error_message = attempt.error[:300]
    current.updated_at = at
    if attempt.arrived:
        current.status = DeliveryStatus.SUCCESS
        current.delivered_at = at
        current.due_at = None
        endpoint.failure_count = 0
        endpoint.last_success_at = at
    elif current.attempt_count < current.max_attempts and attempt.status != GONE:
        current.status = DeliveryStatus.RETRYING
        current.due_at = at + wait_before(current.max_attempts - current.attempt_count)
        # Without a key: a job that runs earlier would find it not due yet.
        enqueue("webhooks.send", run_at=current.due_at, endpoint_id=endpoint.pk)
    else:
        current.status = DeliveryStatus.FAILED
        current.due_at = None
        endpoint.failure_count += 1
        endpoint.last_failure_at = at
    current.save()
    if attempt.status == GONE:
        _pause(endpoint, PauseReason.GONE, at)
    elif current.status == DeliveryStatus.FAILED and endpoint.failure_count >= MOST_FAILURES:
        _pause(endpoint, PauseReason.FAILURES, at)
    endpoint.save(update_fields=["failure_count", "last_failure_at", "last_success_at", "is_active", "updated_at"])


def wait_before(left: int) -> timedelta:
    """How long to wait before the next of so many attempts that are left; a tenth more or less by chance."""
    waits: Sequence[int] = settings.WEBHOOK_RETRIES or (60,)
    # Counted from the last one: how many were made before a retry by hand does not matter, nor what was set then.
    seconds = waits[-min(left, len(waits))]
    return timedelta(seconds=seconds * random.uniform(0.9, 1.1))  # noqa: S311 (chance, not secrecy)


def sweep(*, at: datetime) -> int:
    """Remove the deliveries of more than thirty days ago, a thousand at a time; returns how many those were."""
    removed = 0
    old = Delivery.objects.filter(created_at__lt=at - KEPT).order_by("pk").values_list("pk", flat=True)
    while batch := list(old[:1000]):
        removed += Delivery.objects.filter(pk__in=batch).delete()[0]
    return removed


def wake(*, at: datetime) -> int:
    """Enqueue what should have been sent and that nobody is sending; returns for how many endpoints."""
    endpoints = queries.endpoints_with_work(at=at)
    for endpoint_id in endpoints:
        _ask_to_send(endpoint_id)
    return len(endpoints)


def _pause(endpoint: Endpoint, reason: PauseReason, at: datetime) -> None:
    endpoint.is_active = False
    endpoint.updated_at = at
    _give_up(endpoint)
    publish(EndpointPaused(owner_id=endpoint.owner_id, at=at, endpoint=endpoint.uid, reason=reason))


def _give_up(endpoint: Endpoint) -> None:
    Delivery.objects.filter(endpoint=endpoint, status__in=OPEN).update(
        status=DeliveryStatus.FAILED, error_message=INACTIVE, due_at=None
    )


def _ask_to_send(endpoint_id: int) -> None:
    """Have an endpoint sent to when the transaction has ended: a single job sends whatever is due by then."""
    enqueue("webhooks.send", key=endpoint_id, endpoint_id=endpoint_id)


def reach() -> outbound.Reach:
    """Return how far webhooks may go."""
    return outbound.Reach.PRIVATE_TOO if settings.WEBHOOK_ALLOW_PRIVATE else outbound.Reach.PUBLIC


def _target(url: str) -> outbound.Target:
    try:
        return outbound.target(url, reach())
    except outbound.Refused as refused:
        raise Invalid(fields={"url": [refused.message]}) from None


def _each_once(events: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(str(event) for event in events))


def _still_valid(former: list[dict[str, str]], at: datetime) -> list[dict[str, str]]:
    return [secret for secret in former if datetime.fromisoformat(secret["until"]) > at]
