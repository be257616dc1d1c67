"""What is sent to a program, when, and how often."""

import hashlib
import hmac
import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.db.models import F
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from onward.domain.webhooks import sending, services
from onward.domain.webhooks.choices import DeliveryStatus
from onward.domain.webhooks.models import Delivery, Endpoint
from onward.domain.webhooks.signing import signature
from onward.platform.events.models import EventRecord
from onward.platform.jobs import run_due
from onward.platform.jobs.models import Job, State
from tests.factories import ApplicationFactory, CompanyFactory, DeliveryFactory, EndpointFactory
from tests.platform.outbound.servers import answering, hanging, saying, serving

API = "/tracker/api/v1/"


def asked(request: bytes) -> tuple[dict[str, str], bytes]:
    """Take a request apart."""
    head, _, body = request.partition(b"\r\n\r\n")
    lines = [line.split(": ", 1) for line in head.decode().split("\r\n")[1:]]
    return dict(lines), body


def told(server) -> list[str]:
    return [asked(request)[0]["X-Webhook-Event"] for request in server.requests]


def passes(seconds: float) -> None:
    """Let time pass for what waits."""
    earlier = timedelta(seconds=seconds)
    Job.objects.filter(state=State.WAITING, kind="webhooks.send").update(run_at=F("run_at") - earlier)
    Delivery.objects.exclude(due_at=None).update(due_at=F("due_at") - earlier)


def test_a_program_is_told_and_can_verify_from_whom(ada, as_ada):
    with serving(answering(204, body=b"")) as server:
        endpoint = EndpointFactory(owner=ada, url=server.url)
        company = CompanyFactory(owner=ada, name="Acmé")
        made = as_ada.post(f"{API}applications/", {"company": company.pk, "job_title": "Engineer"}).json()
        began = int(time.time())
        run_due()

    delivery = Delivery.objects.get()
    headers, body = asked(server.requests[0])
    assert json.loads(body) == {
        "event": "application.created",
        "timestamp": EventRecord.objects.get(name="application.created").happened_at.isoformat().replace("+00:00", "Z"),
        "data": {"id": made["id"], "job_title": "Engineer", "company_name": "Acmé", "status": "applied"},
    }
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Webhook-Event"] == "application.created"
    assert headers["X-Webhook-Delivery-ID"] == headers["webhook-id"] == str(delivery.uid)
    assert headers["X-Webhook-Timestamp"] == headers["webhook-timestamp"]
    assert began <= int(headers["X-Webhook-Timestamp"]) <= time.time()
    assert headers["X-Webhook-Signature"] == signature(endpoint.secret, body)
    Webhook(endpoint.secret).verify(body.decode(), headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(body.decode() + " ", headers)
    assert (delivery.status, delivery.attempt_count, delivery.response_status_code) == ("success", 1, 204)
    endpoint.refresh_from_db()
    assert endpoint.last_success_at == delivery.delivered_at
    assert endpoint.claimed_until is None


def test_the_contracts_signature_is_the_hmac_of_the_body_with_the_secret_as_it_is_shown(ada):
    body = '{"a":"ü"}'.encode()

    assert signature("abc123", body) == "sha256=" + hmac.new(b"abc123", body, hashlib.sha256).hexdigest()


def test_for_a_day_the_secret_before_signs_too(ada, as_ada):
    at = timezone.now()
    with serving(answering(200)) as server:
        endpoint = EndpointFactory(owner=ada, url=server.url)
        first = endpoint.secret
        second = services.regenerate_secret(endpoint=endpoint, at=at - timedelta(hours=23)).secret
        third = services.regenerate_secret(endpoint=endpoint, at=at - timedelta(hours=1)).secret
        as_ada.post(f"{API}companies/", {"name": "Acme"})
        run_due()

        headers, body = asked(server.requests[0])
        for secret in (first, second, third):
            Webhook(secret).verify(body.decode(), headers)
        assert headers["X-Webhook-Signature"] == signature(third, body)
        assert len(headers["webhook-signature"].split()) == 3

    endpoint.refresh_from_db()
    assert services.secrets_of(endpoint, at=at + timedelta(hours=2)) == [third, second]
    assert services.secrets_of(endpoint, at=at + timedelta(hours=24)) == [third]


def test_each_of_the_nine_events_is_told_of_as_such(ada, as_ada):
    with serving(answering(200)) as server:
        EndpointFactory(owner=ada, url=server.url)
        company = as_ada.post(f"{API}companies/", {"name": "Acme"}).json()["id"]
        as_ada.patch(f"{API}companies/{company}/", {"name": "Acme Ltd"})
        application = as_ada.post(f"{API}applications/", {"company": company, "job_title": "Engineer"}).json()["id"]
        as_ada.patch(f"{API}applications/{application}/", {"location": "Berlin", "resume_version": None})
        as_ada.patch(f"{API}applications/{application}/status/", {"status": "interviewing"})
        as_ada.patch(f"{API}applications/{application}/", {"status": "offer", "location": "Paris"})
        first = {"application": application, "scheduled_at": "2030-01-01T10:00:00Z"}
        one = as_ada.post(f"{API}interviews/", first).json()["id"]
        two = as_ada.post(f"{API}interviews/", first).json()["id"]
        as_ada.patch(f"{API}interviews/{one}/", {"round_number": 2})
        as_ada.patch(f"{API}interviews/{one}/outcome/", {"status": "completed", "outcome": "passed"})
        as_ada.patch(f"{API}interviews/{two}/", {"status": "cancelled"})
        as_ada.delete(f"{API}applications/{application}/")
        run_due()

    assert told(server) == [
        "company.created",
        "application.created",
        "application.updated",
        "application.status_changed",
        "application.status_changed",
        "interview.created",
        "interview.created",
        "interview.updated",
        "interview.completed",
        "interview.cancelled",
        "application.deleted",
    ]
    data = [json.loads(asked(request)[1])["data"] for request in server.requests]
    names = {"id": application, "job_title": "Engineer", "company_name": "Acme Ltd"}
    assert data[0] == {"id": company, "name": "Acme"}
    assert data[2] == {**names, "changed": ["location"]}
    assert data[3] == {**names, "old_status": "applied", "new_status": "interviewing"}
    assert data[5] == {
        "id": one,
        "application": application,
        "job_title": "Engineer",
        "company_name": "Acme Ltd",
        "interview_type": "phone",
        "round_number": 1,
        "scheduled_at": "2030-01-01T10:00:00Z",
    }
    assert data[8]["outcome"] == "passed"
    assert data[10] == names


def test_who_is_told_of_updates_only_is_told_of_what_changed_beside_a_status(ada, as_ada):
    EndpointFactory(owner=ada, events=["application.updated"])
    application = ApplicationFactory(owner=ada)

    as_ada.patch(f"{API}applications/{application.pk}/", {"status": "offer"})
    assert not Delivery.objects.exists()

    as_ada.patch(f"{API}applications/{application.pk}/", {"status": "rejected", "location": "Berlin"})
    assert [d.event for d in Delivery.objects.all()] == ["application.updated"]


def test_only_active_endpoints_of_the_owner_that_ask_for_an_event_are_told(ada, ben, as_ada):
    wanted = [EndpointFactory(owner=ada), EndpointFactory(owner=ada, events=["company.created"])]
    EndpointFactory(owner=ada, events=["application.created"])
    EndpointFactory(owner=ada, is_active=False)
    EndpointFactory(owner=ben)

    as_ada.post(f"{API}companies/", {"name": "Acme"})

    assert [d.endpoint for d in Delivery.objects.order_by("pk")] == wanted
    assert {d.owner for d in Delivery.objects.all()} == {ada}


def test_nothing_is_told_of_what_was_not_saved(ada, as_ada):
    EndpointFactory(owner=ada)

    as_ada.post(f"{API}companies/", {"name": "Acme"})
    as_ada.post(f"{API}companies/", {"name": "ACME"})

    assert Delivery.objects.count() == 1


def test_without_endpoints_a_change_asks_one_question_more_and_writes_nothing(ada, as_ada, queries):
    as_ada.post(f"{API}companies/", {"name": "Acme"})
    with queries() as told_nobody:
        as_ada.post(f"{API}companies/", {"name": "Bolt"})

    assert [q["sql"] for q in told_nobody if "webhooks" in q["sql"]] == [
        q["sql"] for q in told_nobody if "webhooks_endpoint" in q["sql"] and q["sql"].startswith("SELECT")
    ]
    assert len([q for q in told_nobody if "webhooks" in q["sql"]]) == 1
    assert not Job.objects.filter(kind="webhooks.send").exists()


def assert_a_tenth_around(seconds, wait):
    """Compare a wait from some moment between two others: here it is, from the first and from the last."""
    longest, shortest = wait
    assert longest >= timedelta(seconds=seconds * 0.9)
    assert shortest <= timedelta(seconds=seconds * 1.1)


def test_what_fails_is_tried_three_times_and_then_given_up(ada):
    with serving(answering(500)) as server:
        endpoint = EndpointFactory(owner=ada, url=server.url)
        delivery = DeliveryFactory(endpoint=endpoint)
        services.wake(at=timezone.now())
        waits = []
        for _ in range(5):
            before = timezone.now()
            run_due()
            delivery.refresh_from_db()
            if delivery.due_at:
                waits.append((delivery.due_at - before, delivery.due_at - timezone.now()))
                passes(waits[-1][0].total_seconds() + 1)

    assert server.connections == 3
    assert_a_tenth_around(60, waits[0])
    assert_a_tenth_around(300, waits[1])
    assert (delivery.status, delivery.attempt_count, delivery.response_status_code) == ("failed", 3, 500)
    assert delivery.error_message == "The receiver answered 500, not a success."
    endpoint.refresh_from_db()
    assert (endpoint.failure_count, endpoint.is_active) == (1, True)
    assert endpoint.last_failure_at
    assert {asked(request)[0]["webhook-id"] for request in server.requests} == {str(delivery.uid)}


def test_a_retry_by_hand_goes_on_counting_and_has_the_same_waits_before_it(ada, as_ada):
    with serving(answering(500)) as server:
        endpoint = EndpointFactory(owner=ada, url=server.url)
        delivery = DeliveryFactory(endpoint=endpoint, status="failed", attempt_count=3, due_at=None)
        as_ada.post(f"{API}webhooks/deliveries/{delivery.uid}/retry/")
        counts, waits = [], []
        for _ in range(5):
            before = timezone.now()
            run_due()
            delivery.refresh_from_db()
            counts.append((delivery.attempt_count, delivery.status))
            if delivery.due_at:
                waits.append((delivery.due_at - before, delivery.due_at - timezone.now()))
                passes(waits[-1][0].total_seconds() + 1)

    assert server.connections == 3
    assert counts == [(4, "retrying"), (5, "retrying"), (6, "failed"), (6, "failed"), (6, "failed")]
    assert_a_tenth_around(60, waits[0])
    assert_a_tenth_around(300, waits[1])


def test_the_waits_are_a_setting(ada, as_ada, settings):
    settings.WEBHOOK_RETRIES = (5,)
    with serving(answering(500)) as server:
        EndpointFactory(owner=ada, url=server.url)
        as_ada.post(f"{API}companies/", {"name": "Acme"})
        run_due()
        passes(6)
        run_due()

    assert Delivery.objects.get().status == "failed"
    assert server.connections == 2


@pytest.mark.parametrize("status", [301, 302, 307, 308, 304, 400, 404, 429, 503])
def test_only_two_hundreds_are_a_success_and_no_redirect_is_followed(ada, status):
    with (
        serving(answering(200)) as elsewhere,
        serving(answering(status, headers=f"Location: {elsewhere.url}\r\n", body=b"")) as server,
    ):
        delivery = DeliveryFactory(endpoint=EndpointFactory(owner=ada, url=server.url))
        sending.send_due(endpoint_id=delivery.endpoint_id)

    delivery.refresh_from_db()
    assert (delivery.status, delivery.response_status_code) == ("retrying", status)
    assert elsewhere.connections == 0


@pytest.mark.parametrize(
    "conversation",
    [saying(b"HTTP/1.1 200 OK\r\n", pause=0.05, forever=b"x"), hanging, saying(b"what?\r\n\r\n")],
    ids=["drips", "hangs", "garbage"],
)
def test_what_is_no_whole_answer_is_a_failure(ada, conversation, monkeypatch):
    monkeypatch.setattr(sending, "DEADLINE", 0.5)
    with serving(conversation) as server:
        delivery = DeliveryFactory(endpoint=EndpointFactory(owner=ada, url=server.url))
        # The receiver goes on for a minute, or for ever: that this returns at all is the deadline's doing.
        sending.send_due(endpoint_id=delivery.endpoint_id)

    delivery.refresh_from_db()
    assert (delivery.status, delivery.response_status_code) == ("retrying", None)
    assert delivery.error_message


def test_one_that_hangs_keeps_a_thread_for_a_single_attempt(ada, monkeypatch):
    assert sending.TURN < sending.DEADLINE
    monkeypatch.setattr(sending, "TURN", 0.2)
    monkeypatch.setattr(sending, "DEADLINE", 0.3)
    with serving(hanging) as server:
        endpoint = EndpointFactory(owner=ada, url=server.url)
        first, second = DeliveryFactory(endpoint=endpoint), DeliveryFactory(endpoint=endpoint)

        assert sending.send_due(endpoint_id=endpoint.pk)

    assert server.connections == 1
    for delivery in (first, second):
        delivery.refresh_from_db()
    assert (first.status, second.status) == ("retrying", "pending")


def test_an_endless_answer_is_a_success_that_is_not_read_to_its_end(ada):
    endless = saying(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n", forever=b"a" * 65536)
    with serving(endless) as server:
        delivery = DeliveryFactory(endpoint=EndpointFactory(owner=ada, url=server.url))
        sending.send_due(endpoint_id=delivery.endpoint_id)

    delivery.refresh_from_db()
    assert delivery.status == "success"


def test_an_address_that_became_private_is_refused_when_it_is_sent_to(ada, settings):
    with serving(answering(200)) as server:
        delivery = DeliveryFactory(endpoint=EndpointFactory(owner=ada, url=server.url))
        settings.WEBHOOK_ALLOW_PRIVATE = False
        sending.send_due(endpoint_id=delivery.endpoint_id)

    delivery.refresh_from_db()
    assert delivery.error_message == "The host has no address that may be asked."
    assert server.connections == 0


def test_gone_switches_an_endpoint_off_at_once(ada, as_ada):
    with serving(answering(410)) as server:
        endpoint = EndpointFactory(owner=ada, url=server.url)
        first, second = DeliveryFactory(endpoint=endpoint), DeliveryFactory(endpoint=endpoint)
        services.wake(at=timezone.now())
        run_due()
        as_ada.post(f"{API}companies/", {"name": "Acme"})
        run_due()

    endpoint.refresh_from_db()
    first.refresh_from_db()
    second.refresh_from_db()
    assert not endpoint.is_active
    assert (first.status, first.attempt_count, second.status) == ("failed", 1, "failed")
    assert second.error_message == "The endpoint was switched off before this was sent."
    assert server.connections == 1
    assert Delivery.objects.count() == 2
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([ada.email], "A webhook was paused")
    assert str(endpoint.uid) in message.body
    assert endpoint.name not in message.body


def test_ten_failures_in_a_row_pause_an_endpoint_and_tell_its_owner_once(ada, settings):
    settings.WEBHOOK_RETRIES = ()
    with serving(answering(500)) as server:
        endpoint = EndpointFactory(owner=ada, url=server.url)
        for _ in range(12):
            DeliveryFactory(endpoint=endpoint, max_attempts=1)
        services.wake(at=timezone.now())
        run_due()

    endpoint.refresh_from_db()
    assert (endpoint.failure_count, endpoint.is_active) == (10, False)
    assert server.connections == 10
    assert Delivery.objects.filter(status="failed").count() == 12
    assert [m.subject for m in mail.outbox] == ["A webhook was paused"]
    assert EventRecord.objects.get(name="webhook.endpoint_paused").payload["reason"] == "failures"


def test_a_success_forgets_the_failures_before_it(ada):
    with serving(answering(200)) as server:
        endpoint = EndpointFactory(owner=ada, url=server.url, failure_count=9)
        sending.send_due(endpoint_id=DeliveryFactory(endpoint=endpoint).endpoint_id)

    endpoint.refresh_from_db()
    assert endpoint.failure_count == 0


def test_an_endpoint_that_is_switched_on_again_begins_without_failures(ada, as_ada):
    endpoint = EndpointFactory(owner=ada, failure_count=10, is_active=False)

    answer = as_ada.patch(f"{API}webhooks/endpoints/{endpoint.uid}/", {"is_active": True})

    assert (answer.json()["is_active"], answer.json()["failure_count"]) == (True, 0)


def test_an_endpoint_that_its_owner_switches_off_gives_up_what_it_has_not_sent(ada, as_ada):
    delivery = DeliveryFactory(endpoint=EndpointFactory(owner=ada))

    as_ada.patch(f"{API}webhooks/endpoints/{delivery.endpoint.uid}/", {"is_active": False})

    delivery.refresh_from_db()
    assert (delivery.status, delivery.due_at) == ("failed", None)


def test_what_happened_first_is_sent_first(ada, as_ada):
    with serving(answering(200)) as server:
        EndpointFactory(owner=ada, url=server.url)
        for number in range(8):
            as_ada.post(f"{API}companies/", {"name": f"Company {number}"})
        run_due()

    names = [json.loads(asked(request)[1])["data"]["name"] for request in server.requests]
    assert names == [f"Company {number}" for number in range(8)]


def test_what_waits_for_its_next_attempt_does_not_hold_up_what_came_after(ada):
    statuses = iter([500, 200, 200])

    def conversation(stream, server):
        answering(next(statuses))(stream, server)

    with serving(conversation) as server:
        endpoint = EndpointFactory(owner=ada, url=server.url)
        first, second = DeliveryFactory(endpoint=endpoint), DeliveryFactory(endpoint=endpoint)
        sending.send_due(endpoint_id=endpoint.pk)
        passes(80)
        sending.send_due(endpoint_id=endpoint.pk)

    ids = [asked(request)[0]["webhook-id"] for request in server.requests]
    assert ids == [str(first.uid), str(second.uid), str(first.uid)]


def test_whoever_lost_the_endpoint_to_another_has_nothing_to_say_any_more(ada):
    delivery = DeliveryFactory(endpoint=EndpointFactory(owner=ada))
    at = timezone.now()
    assert services.claim_endpoint(endpoint_id=delivery.endpoint_id, holder="one", at=at)
    assert not services.claim_endpoint(endpoint_id=delivery.endpoint_id, holder="two", at=at)
    later = at + services.CLAIM + timedelta(seconds=1)
    assert services.claim_endpoint(endpoint_id=delivery.endpoint_id, holder="two", at=later)

    arrived = services.Attempt(status=200, error="")
    services.record(delivery=delivery, holder="one", attempt=arrived, at=later)

    delivery.refresh_from_db()
    assert delivery.status == DeliveryStatus.PENDING


def test_what_happens_together_asks_once_for_an_endpoint_to_be_sent_to(ada, as_ada):
    EndpointFactory(owner=ada)
    company = CompanyFactory(owner=ada)
    for _ in range(30):
        ApplicationFactory(owner=ada, company=company)

    as_ada.delete(f"{API}companies/{company.pk}/")

    assert Delivery.objects.filter(event="application.deleted").count() == 30
    assert Job.objects.filter(kind="webhooks.send").count() == 1


def test_what_arrived_while_it_was_given_up_has_arrived(ada):
    delivery = DeliveryFactory(endpoint=EndpointFactory(owner=ada))
    at = timezone.now()
    services.claim_endpoint(endpoint_id=delivery.endpoint_id, holder="one", at=at)
    services.update(endpoint=delivery.endpoint, is_active=False, at=at)

    failed, arrived = services.Attempt(status=500, error="no"), services.Attempt(status=200, error="")
    services.record(delivery=delivery, holder="one", attempt=failed, at=at)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempt_count) == ("failed", 0)
    services.record(delivery=delivery, holder="one", attempt=arrived, at=at)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempt_count, delivery.error_message) == ("success", 1, "")


def test_an_endpoint_that_was_switched_off_while_it_was_sent_to_is_held_by_nobody(ada):
    with serving(answering(410)) as server:
        endpoint = EndpointFactory(owner=ada, url=server.url)
        DeliveryFactory(endpoint=endpoint)
        sending.send_due(endpoint_id=endpoint.pk)

    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.holder, endpoint.claimed_until) == (False, "", None)


def test_a_delivery_that_nobody_was_asked_to_send_is_found(ada):
    with serving(answering(200)) as server:
        DeliveryFactory(endpoint=EndpointFactory(owner=ada, url=server.url))
        run_due()
        assert server.connections == 0
        services.wake(at=timezone.now())
        run_due()

    assert server.connections == 1


def test_deliveries_are_kept_for_thirty_days(ada):
    at = datetime(2026, 6, 1, tzinfo=UTC)
    endpoint = EndpointFactory(owner=ada)
    for days in (29, 30, 31, 300):
        DeliveryFactory(endpoint=endpoint, created_at=at - timedelta(days=days))

    assert services.sweep(at=at) == 2
    assert Delivery.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_senders_each_delivery_is_sent_by_one(ada, together):
    with serving(answering(200)) as server:
        endpoint = EndpointFactory(owner=ada, url=server.url)
        for _ in range(10):
            DeliveryFactory(endpoint=endpoint)
        problems = [p for p in together(8, lambda _: sending.send_due(endpoint_id=endpoint.pk)) if p]
        # One that met another's lock at the last moment is asked again, as its job would be.
        sending.send_due(endpoint_id=endpoint.pk)

    assert problems == []
    assert server.connections == 10
    assert Endpoint.objects.get().holder == ""
    assert connection.in_atomic_block is False
