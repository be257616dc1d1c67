"""Section 10 of the tracker's document: webhooks."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from standardwebhooks import Webhook

from onward.domain.webhooks import sending, testing
from onward.domain.webhooks.choices import WebhookEvent
from onward.domain.webhooks.models import Delivery, Endpoint
from onward.platform.events.models import EventRecord
from onward.platform.jobs.models import Job
from tests.factories import DeliveryFactory, EndpointFactory
from tests.platform.outbound.servers import answering, hanging, serving
from tests.poison import POISON

PATH = "/tracker/api/v1/webhooks/endpoints/"
DELIVERIES = "/tracker/api/v1/webhooks/deliveries/"
URL = "https://receiver.example.org/hook"
SENT = {"name": "My Integration", "url": URL, "events": ["application.created", "application.status_changed"]}
MOMENT = datetime(2026, 3, 2, 9, 0, 0, tzinfo=UTC)


def test_creates_an_endpoint_with_a_secret_of_its_own(as_ada, ada):
    answer = as_ada.post(PATH, {**SENT, "is_active": True})

    assert answer.status_code == 201
    made = answer.json()
    endpoint = Endpoint.objects.get(owner=ada)
    assert made.pop("secret") == endpoint.secret
    assert made.pop("created_at") == made.pop("updated_at")
    assert made == {
        "id": str(endpoint.uid),
        **SENT,
        "is_active": True,
        "failure_count": 0,
        "last_failure_at": None,
        "last_success_at": None,
        "delivery_stats": {"total_24h": 0, "successful_24h": 0, "failed_24h": 0},
    }
    Webhook(endpoint.secret)
    assert as_ada.post(PATH, SENT).json()["secret"] != endpoint.secret


def test_lists_endpoints_the_latest_first_with_how_the_last_day_went(as_ada, ada, ben, queries):
    EndpointFactory(owner=ben)
    old = EndpointFactory(owner=ada, created_at=MOMENT)
    new = EndpointFactory(owner=ada, name="New", last_success_at=MOMENT)
    for status in ("success", "success", "failed", "pending", "retrying"):
        DeliveryFactory(endpoint=old, status=status)
    DeliveryFactory(endpoint=old, status="failed", created_at=timezone.now() - timedelta(hours=25))
    as_ada.get(PATH)

    with queries() as asked:
        answer = as_ada.get(PATH)

    assert len(asked) == 2
    listed = answer.json()
    assert (listed["count"], listed["next"], listed["previous"]) == (2, None, None)
    assert [row["id"] for row in listed["results"]] == [str(new.uid), str(old.uid)]
    assert listed["results"][0]["last_success_at"] == "2026-03-02T09:00:00Z"
    assert listed["results"][1]["delivery_stats"] == {"total_24h": 5, "successful_24h": 2, "failed_24h": 1}
    assert as_ada.get(f"{PATH}{old.uid}/").json() == listed["results"][1]


def test_changes_what_is_sent_and_nothing_else(as_ada, ada):
    endpoint = EndpointFactory(owner=ada, created_at=MOMENT, updated_at=MOMENT)
    path = f"{PATH}{endpoint.uid}/"
    own = {"id": str(uuid4()), "secret": "mine", "owner": 1, "failure_count": 9, "created_at": "2030-01-01T00:00:00Z"}

    changed = as_ada.patch(path, {"events": ["company.created", "company.created"], **own}).json()
    assert changed["events"] == ["company.created"]
    assert (changed["id"], changed["secret"]) == (str(endpoint.uid), endpoint.secret)
    assert (changed["name"], changed["failure_count"]) == (endpoint.name, 0)
    assert changed["created_at"] == "2026-03-02T09:00:00Z" != changed["updated_at"]

    assert as_ada.put(path, SENT).json()["name"] == "My Integration"
    assert as_ada.put(path, {"name": "x"}).status_code == 400
    same = as_ada.patch(path, {"name": "My Integration"}).json()
    assert same == as_ada.get(path).json()


def test_deletes_an_endpoint_with_its_deliveries(as_ada, ada):
    delivery = DeliveryFactory(endpoint=EndpointFactory(owner=ada))

    assert as_ada.delete(f"{PATH}{delivery.endpoint.uid}/").status_code == 204
    assert as_ada.get(f"{PATH}{delivery.endpoint.uid}/").status_code == 404
    assert not Delivery.objects.exists()


def test_lists_the_nine_events(as_ada):
    events = as_ada.get(f"{PATH}events/").json()["events"]

    assert len(events) == 9
    assert events[0] == {"name": "application.created", "description": "Application Created"}
    assert events[3] == {"name": "application.status_changed", "description": "Application Status Changed"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 256}, "name"),
        ({"name": None}, "name"),
        ({"url": ""}, "url"),
        ({"url": "ftp://example.org/"}, "url"),
        ({"url": "https://" + "x" * 2000}, "url"),
        ({"url": "http://127.0.0.1/"}, "url"),
        ({"url": "http://localhost:8000/"}, "url"),
        ({"url": "http://0x7f000001/"}, "url"),
        ({"url": "http://[::ffff:127.0.0.1]/"}, "url"),
        ({"url": "http://169.254.169.254/latest/meta-data/"}, "url"),
        ({"url": "https://user:password@example.org/"}, "url"),
        ({"events": []}, "events"),
        ({"events": ["application.exploded"]}, "events"),
        ({"events": "application.created"}, "events"),
        ({"events": [1]}, "events"),
        ({"events": ["application.created"] * 51}, "events"),
        ({"is_active": "perhaps"}, "is_active"),
    ],
)
def test_says_what_is_wrong_with_an_endpoint(as_ada, ada, changes, field):
    endpoint = EndpointFactory(owner=ada)

    for answer in (
        as_ada.post(PATH, {**SENT, **changes}),
        as_ada.put(f"{PATH}{endpoint.uid}/", {**SENT, **changes}),
        as_ada.patch(f"{PATH}{endpoint.uid}/", changes),
    ):
        assert answer.status_code == 400
        assert list(answer.json()) == [field]
    assert Endpoint.objects.count() == 1


@pytest.mark.parametrize("field", ["name", "url", "events"])
def test_name_address_and_events_must_be_given(as_ada, field):
    answer = as_ada.post(PATH, {name: value for name, value in SENT.items() if name != field})

    assert answer.status_code == 400
    assert answer.json() == {field: ["This field is required."]}


def test_nobody_has_more_than_a_hundred_endpoints(as_ada, ada):
    for _ in range(100):
        EndpointFactory(owner=ada)

    answer = as_ada.post(PATH, SENT)

    assert answer.status_code == 400
    assert answer.json() == {"non_field_errors": ["You can have at most 100 webhooks. Delete one to add another."]}


def test_nobody_has_more_than_a_hundred_endpoints_that_come_at_once_either(ada, together, signed_in):
    for _ in range(95):
        EndpointFactory(owner=ada)
    client = signed_in(ada)

    answers = together(12, lambda _: client.post(PATH, SENT))

    assert sorted(answer.status_code for answer in answers) == [201] * 5 + [400] * 7
    assert Endpoint.objects.count() == 20


def test_private_addresses_are_for_those_who_allow_them(as_ada, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True

    assert as_ada.post(PATH, {**SENT, "url": "http://localhost:9000/"}).status_code == 201
    assert as_ada.post(PATH, {**SENT, "url": "http://192.168.1.5/"}).status_code == 201
    assert as_ada.post(PATH, {**SENT, "url": "http://169.254.169.254/"}).status_code == 400


def test_somebody_elses_endpoints_and_deliveries_are_not_there(as_ben, ada):
    delivery = DeliveryFactory(endpoint=EndpointFactory(owner=ada), status="failed", due_at=None)
    endpoint = delivery.endpoint
    one = f"{PATH}{endpoint.uid}/"
    answers = [
        as_ben.get(one),
        as_ben.put(one, SENT),
        as_ben.patch(one, {"name": "Ben's"}),
        as_ben.delete(one),
        as_ben.post(f"{one}test/", {"event": "application.created"}),
        as_ben.post(f"{one}regenerate_secret/"),
        as_ben.get(f"{DELIVERIES}{delivery.uid}/"),
        as_ben.post(f"{DELIVERIES}{delivery.uid}/retry/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert as_ben.get(PATH).json()["count"] == as_ben.get(DELIVERIES).json()["count"] == 0
    assert as_ben.get(DELIVERIES, {"endpoint": str(endpoint.uid)}).json()["count"] == 0
    before = (endpoint.name, endpoint.secret)
    endpoint.refresh_from_db()
    delivery.refresh_from_db()
    assert (endpoint.name, endpoint.secret, delivery.status) == (*before, "failed")
    assert not Job.objects.exists()


def test_gives_another_secret_and_says_so_to_the_log_without_it(as_ada, ada):
    endpoint = EndpointFactory(owner=ada)

    answer = as_ada.post(f"{PATH}{endpoint.uid}/regenerate_secret/")

    assert answer.status_code == 200
    assert answer.json()["message"] == "Secret regenerated successfully"
    secret = answer.json()["secret"]
    assert secret != endpoint.secret
    assert as_ada.get(f"{PATH}{endpoint.uid}/").json()["secret"] == secret
    logged = EventRecord.objects.get(name="webhook.secret_regenerated").payload
    assert logged == {"endpoint": str(endpoint.uid)}


def test_secrets_that_are_regenerated_at_once_are_all_remembered(ada, together, signed_in):
    endpoint = EndpointFactory(owner=ada)
    client = signed_in(ada)
    answers = together(4, lambda _: client.post(f"{PATH}{endpoint.uid}/regenerate_secret/"))

    endpoint.refresh_from_db()
    given = {answer.json()["secret"] for answer in answers}
    assert len(given) == 4
    assert given == {endpoint.secret, *(former["secret"] for former in endpoint.former_secrets[:3])}


def test_a_test_sends_an_example_and_tells_what_came_of_it(as_ada, ada, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    with serving(answering(202)) as server:
        endpoint = EndpointFactory(owner=ada, url=server.url, is_active=False)
        answer = as_ada.post(f"{PATH}{endpoint.uid}/test/", {"event": "interview.completed"})

    assert (answer.status_code, answer.json()) == (200, {"message": "Webhook test successful", "status_code": 202})
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert b"X-Webhook-Event: interview.completed" in head
    told = json.loads(body)
    assert (told["event"], told["data"]["test"], told["data"]["outcome"]) == ("interview.completed", True, "passed")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    Webhook(endpoint.secret).verify(body.decode(), headers)
    (listed,) = as_ada.get(DELIVERIES).json()["results"]
    assert (listed["status"], listed["response_status_code"], listed["attempt_count"]) == ("success", 202, 1)
    assert (listed["payload"], listed["payload"]["data"]["test"]) == (told, True)
    assert not Job.objects.exists()


def test_a_test_that_fails_says_why(as_ada, ada, settings, monkeypatch):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    monkeypatch.setattr(sending, "DEADLINE", 0.3)
    with serving(answering(503)) as server:
        endpoint = EndpointFactory(owner=ada, url=server.url)
        answer = as_ada.post(f"{PATH}{endpoint.uid}/test/")
        assert answer.status_code == 400
        assert answer.json() == {
            "message": "Webhook test failed",
            "error": "The receiver answered 503, not a success.",
            "status_code": 503,
        }
    with serving(hanging) as server:
        Endpoint.objects.update(url=server.url)
        answer = as_ada.post(f"{PATH}{endpoint.uid}/test/", {})
        assert (answer.status_code, answer.json()["status_code"]) == (400, None)
        assert "time was up" in answer.json()["error"]
    settings.WEBHOOK_ALLOW_PRIVATE = False
    answer = as_ada.post(f"{PATH}{endpoint.uid}/test/", {"event": "company.created"})
    assert answer.json()["error"] == "The host has no address that may be asked."
    endpoint.refresh_from_db()
    assert (endpoint.failure_count, endpoint.last_failure_at) == (0, None)
    assert {(one["status"], one["attempt_count"]) for one in as_ada.get(DELIVERIES).json()["results"]} == {
        ("failed", 1)
    }


@pytest.mark.parametrize("event", ["application.exploded", 7, None, ["application.created"]])
def test_a_test_needs_an_event_that_there_is_and_says_so_in_its_own_shape(as_ada, ada, event):
    answer = as_ada.post(f"{PATH}{EndpointFactory(owner=ada).uid}/test/", {"event": event})

    assert answer.status_code == 400
    wrong = f'"{event}" is not a valid choice.'
    assert answer.json() == {"message": "Webhook test failed", "error": wrong, "status_code": None}
    assert as_ada.get(DELIVERIES).json()["count"] == 0


def test_there_is_an_example_of_every_event():
    assert testing.EXAMPLES.keys() == set(WebhookEvent)


def test_nobody_tests_more_than_sixty_times_an_hour(as_ada, ada, settings):
    path = f"{PATH}{EndpointFactory(owner=ada, url='http://127.0.0.1/').uid}/test/"

    answers = [as_ada.post(path) for _ in range(61)]

    assert [answer.status_code for answer in answers] == [400] * 60 + [429]
    assert [answers[n]["X-RateLimit-Remaining"] for n in (0, 59, 60)] == ["59", "0", "0"]
    assert answers[60]["X-RateLimit-Limit"] == "60"


def test_a_delivery_shows_what_was_sent_and_how_far_it_has_come(as_ada, ada, queries):
    delivery = DeliveryFactory(
        endpoint=EndpointFactory(owner=ada, name="My Integration"),
        event="application.created",
        body='{"event":"application.created","timestamp":"2026-03-02T09:00:00Z","data":{"id":1,"job_title":"Ü \\"x\\""}}',
        status="success",
        attempt_count=1,
        response_status_code=200,
        created_at=MOMENT,
        delivered_at=MOMENT + timedelta(seconds=1),
        due_at=None,
    )
    as_ada.get(DELIVERIES)
    with queries() as asked:
        listed = as_ada.get(DELIVERIES).json()

    assert len(asked) == 2
    assert listed["count"] == 1
    assert listed["results"][0] == as_ada.get(f"{DELIVERIES}{delivery.uid}/").json()
    assert listed["results"][0] == {
        "id": str(delivery.uid),
        "endpoint": str(delivery.endpoint.uid),
        "endpoint_name": "My Integration",
        "event": "application.created",
        "payload": {
            "event": "application.created",
            "timestamp": "2026-03-02T09:00:00Z",
            "data": {"id": 1, "job_title": 'Ü "x"'},
        },
        "status": "success",
        "attempt_count": 1,
        "max_attempts": 3,
        "response_status_code": 200,
        "error_message": "",
        "created_at": "2026-03-02T09:00:00Z",
        "delivered_at": "2026-03-02T09:00:01Z",
    }


def test_deliveries_are_filtered_by_endpoint_status_and_event(as_ada, ada):
    one, two = EndpointFactory(owner=ada), EndpointFactory(owner=ada)
    DeliveryFactory(endpoint=one, status="failed", event="application.created")
    DeliveryFactory(endpoint=one, status="success")
    DeliveryFactory(endpoint=two, status="failed")

    def count(**asked):
        return as_ada.get(DELIVERIES, asked).json()["count"]

    assert count() == count(endpoint="", status="", event="") == 3
    assert count(endpoint=str(one.uid)) == count(endpoint=one.uid.hex) == 2
    assert count(endpoint=str(uuid4())) == 0
    assert count(status="failed") == 2
    assert count(event="application.created") == 1
    assert count(endpoint=str(one.uid), status="success", event="company.created") == 1
    assert len(as_ada.get(DELIVERIES, {"page_size": 2}).json()["results"]) == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("endpoint", "abc"), ("endpoint", "1"), ("status", "lost"), ("event", "application.exploded"), ("event", "\x00")],
)
def test_a_filter_that_cannot_be_meant_is_named(as_ada, name, value):
    answer = as_ada.get(DELIVERIES, {name: value})

    assert answer.status_code == 400
    assert list(answer.json()) == [name]


def test_sends_again_what_has_failed(as_ada, ada):
    delivery = DeliveryFactory(
        endpoint=EndpointFactory(owner=ada),
        status="failed",
        attempt_count=3,
        error_message="x",
        response_status_code=500,
        due_at=None,
    )

    answer = as_ada.post(f"{DELIVERIES}{delivery.uid}/retry/")

    assert answer.status_code == 200
    assert answer.json() == {"message": "Webhook queued for retry", "delivery_id": str(delivery.uid)}
    shown = as_ada.get(f"{DELIVERIES}{delivery.uid}/").json()
    assert (shown["status"], shown["response_status_code"], shown["error_message"]) == ("pending", None, "")
    # Those that were made stay counted, and as many as at first are before it.
    assert (shown["attempt_count"], shown["max_attempts"]) == (3, 6)
    assert Job.objects.filter(kind="webhooks.send", payload={"endpoint_id": delivery.endpoint_id}).count() == 1


def test_what_waits_for_its_next_attempt_is_sent_at_once_when_asked_for(as_ada, ada):
    later = timezone.now() + timedelta(minutes=5)
    delivery = DeliveryFactory(endpoint=EndpointFactory(owner=ada), status="retrying", attempt_count=2, due_at=later)

    assert as_ada.post(f"{DELIVERIES}{delivery.uid}/retry/").status_code == 200
    delivery.refresh_from_db()
    assert delivery.due_at <= timezone.now()
    assert (delivery.status, delivery.attempt_count) == ("retrying", 2)


def test_does_not_send_again_what_has_arrived(as_ada, ada):
    delivery = DeliveryFactory(endpoint=EndpointFactory(owner=ada), status="success", due_at=None)

    answer = as_ada.post(f"{DELIVERIES}{delivery.uid}/retry/")

    assert (answer.status_code, answer.json()) == (400, {"error": "Cannot retry successful delivery"})
    assert not Job.objects.exists()


def test_sends_nothing_again_to_an_endpoint_that_is_off(as_ada, ada):
    delivery = DeliveryFactory(endpoint=EndpointFactory(owner=ada, is_active=False), status="failed", due_at=None)

    answer = as_ada.post(f"{DELIVERIES}{delivery.uid}/retry/")

    assert (answer.status_code, answer.json()) == (
        400,
        {"error": "This webhook is not active. Activate it to send again."},
    )


@pytest.mark.parametrize("value", [*POISON["uuids"], "1", "events", "../x"])
def test_an_id_that_cannot_be_one_names_nothing(as_ada, value):
    for path in (f"{PATH}{value or '%20'}/", f"{DELIVERIES}{value or '%20'}/", f"{DELIVERIES}{value or '%20'}/retry/"):
        answer = as_ada.post(path) if path.endswith("retry/") else as_ada.get(path)
        assert answer.status_code in (404, 400) or (value == "events" and answer.status_code == 200)


def test_poison_is_refused_or_kept_and_never_breaks_a_list(as_ada, ada):
    endpoint = EndpointFactory(owner=ada)
    values = [*POISON["strings"], *POISON["integers"], None, True, [], {}, {"a": 1}, [[[]]]]
    for value in values:
        for field in ("name", "url", "events", "is_active"):
            for answer in (
                as_ada.patch(f"{PATH}{endpoint.uid}/", json.dumps({field: value})),
                as_ada.post(f"{PATH}{endpoint.uid}/test/", json.dumps({"event": value})),
            ):
                assert answer.status_code < 500, (field, value)
    for text in POISON["strings"]:
        as_ada.patch(f"{PATH}{endpoint.uid}/", json.dumps({"url": f"https://example.org/{text}"}))
        assert as_ada.get(PATH).status_code == 200
    for document in POISON["documents"]:
        assert as_ada.post(PATH, document).status_code < 500
    for name, texts in POISON["query"].items():
        for text in texts:
            assert as_ada.get(DELIVERIES, {name: text}).status_code in (200, 404, 400)
    assert as_ada.get(PATH).status_code == 200


def test_ids_are_uuids(as_ada, ada):
    made = as_ada.post(PATH, SENT).json()

    assert UUID(made["id"]).version == 4
