"""The copilot's line, on which what is new is told as it happens (docs/apis/copilot.md)."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from onward.apis.copilot.live import Copilot
from onward.config.mouths import sessions_over
from onward.domain.ingestion.choices import RunState
from onward.domain.ingestion.events import RunEnded
from onward.domain.notifications.models import Notice
from onward.platform import tokens
from onward.platform.events import publish
from onward.platform.jobs import run_due
from onward.platform.live.switchboard import Switchboard
from onward.platform.tokens.models import Session
from tests import poison
from tests.domain.resumes.documents import pdf
from tests.domain.resumes.papers import pdf_saying
from tests.factories import ApplicationFactory
from tests.platform.live.exchange import Client, Closed, here, play

FEED = "/copilot/api/v1/notifications"
UPLOAD = "/copilot/api/v1/resume/upload"
MOUTH = Copilot()

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return Switchboard([MOUTH], here, here, sessions_over)


@pytest.fixture
def tab(board):
    """Open a line for a client: ``await tab(as_ada)``."""

    async def opened(api):
        token = api.get(f"{FEED}/socket-token").json()["token"]
        client = await Client(board, MOUTH).connect(f"token={token}")
        assert client.first["type"] == "connection_established"
        return client

    return opened


def move(api, application, to):
    assert api.patch(f"/tracker/api/v1/applications/{application.pk}/status/", {"status": to}).status_code == 200


def test_a_new_application_is_told_in_every_tab_of_its_owner(tab, as_ada):
    async def scene():
        client = await tab(as_ada)
        made = as_ada.post("/copilot/api/v1/applications", {"company": "Acme", "title": "Cook"}).json()
        told = await client.receive()
        assert (told["type"], told["application"]) == ("application_status_update", made)

    play(scene)


def test_a_move_is_told_in_every_tab_of_its_owner_as_the_feed_has_it(tab, as_ada, as_ben, ada):
    application = ApplicationFactory(owner=ada, status="applied")

    async def scene():
        first, second, other = await tab(as_ada), await tab(as_ada), await tab(as_ben)
        move(as_ada, application, "offer")
        (listed,) = as_ada.get(FEED).json()["notifications"]
        (card,) = as_ada.get("/copilot/api/v1/applications").json()["items"]
        for client in (first, second):
            told = [await client.receive(), await client.receive()]
            assert {message["type"]: message.get("notification") or message["application"] for message in told} == {
                "application_status_update": card,
                "notification": listed,
            }
        assert (await other.ask({"type": "ping"}))["type"] == "pong"

    play(scene)


def test_what_is_read_in_one_tab_is_read_in_the_others(tab, as_ada, ada):
    application = ApplicationFactory(owner=ada, status="applied")

    async def scene():
        first, second = await tab(as_ada), await tab(as_ada)
        move(as_ada, application, "offer")
        pk = (await first.until("notification"))[-1]["notification"]["id"]
        await first.send({"type": "mark_read", "notification_id": pk})
        for client in (first, second):
            assert (await client.until("notification_read"))[-1]["notification_ids"] == [pk]
        assert as_ada.get(FEED).json()["unread_count"] == 0

    play(scene)


def test_what_was_missed_is_told_again_by_its_number(tab, as_ada, ada):
    applications = ApplicationFactory.create_batch(3, owner=ada, status="applied")

    async def scene():
        first = await tab(as_ada)
        move(as_ada, applications[0], "offer")
        since = (await first.until("notification"))[-1]["seq"]
        first.ours.close()
        move(as_ada, applications[1], "offer")
        move(as_ada, applications[2], "screening")
        again = await tab(as_ada)
        await again.send({"type": "catch_up", "since": since})
        told = await again.until("caught_up")
        about = [
            message["notification"]["data"]["application_id"] for message in told if message["type"] == "notification"
        ]
        assert about == [application.pk for application in applications[1:]]
        assert [message["seq"] for message in told] == sorted(message["seq"] for message in told)

    play(scene)


def test_channels_are_left_and_joined(tab, as_ada, ada):
    application = ApplicationFactory(owner=ada, status="applied")

    async def scene():
        client = await tab(as_ada)
        assert client.first["channels"] == ["applications", "jobs", "notifications", "tasks"]
        answer = await client.ask({"type": "unsubscribe", "channel": "notifications"})
        assert (answer["type"], "notifications" in answer["channels"]) == ("unsubscribed", False)
        move(as_ada, application, "offer")
        publish_run(ada)
        assert "notification" not in [message["type"] for message in await client.until("task_update")]
        answer = await client.ask({"type": "subscribe", "channel": "notifications"})
        assert (answer["type"], "notifications" in answer["channels"]) == ("subscribed", True)

    play(scene)


def publish_run(owner):
    with transaction.atomic():
        publish(
            RunEnded(
                owner_id=owner.pk,
                at=timezone.now(),
                run_id=1,
                run=UUID(int=7),
                state=RunState.COMPLETED,
                found=3,
                saved=2,
                leads=0,
            )
        )


def test_the_end_of_a_run_is_told_to_who_asked_for_it(tab, as_ada, ada):
    async def scene():
        client = await tab(as_ada)
        publish_run(ada)
        told = await client.until("task_update")
        assert told[-1]["task"] == {
            "task_id": str(UUID(int=7)),
            "kind": "job_ingestion",
            "status": "completed",
            "found": 3,
            "saved": 2,
        }

    play(scene)


def test_the_end_of_reading_a_resume_is_told_to_its_owner(tab, as_ada, as_ben):
    async def scene():
        client, other = await tab(as_ada), await tab(as_ben)
        good = as_ada.upload(UPLOAD, {"file": SimpleUploadedFile("cv.pdf", pdf_saying("Ada Vale", "Skills", "Rust"))})
        bad = as_ada.upload(UPLOAD, {"file": SimpleUploadedFile("cv.pdf", pdf())})
        run_due()
        told = {}
        while len(told) < 2:
            message = (await client.until("resume_status_update"))[-1]["upload"]
            told[message["upload_id"]] = message["parsing_status"]
        assert told == {good.json()["upload_id"]: "completed", bad.json()["upload_id"]: "failed"}
        assert (await other.ask({"type": "ping"}))["type"] == "pong"

    play(scene)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"type": "dance"}, "unknown_type"),
        ({}, "unknown_type"),
        ({"type": ["ping"]}, "unknown_type"),
        ({"type": "subscribe"}, "unknown_channel"),
        ({"type": "subscribe", "channel": "user:2"}, "unknown_channel"),
        ({"type": "unsubscribe", "channel": ["jobs"]}, "unknown_channel"),
        ({"type": "mark_read", "notification_id": 0}, "invalid_message"),
        ({"type": "mark_read", "notification_id": True}, "invalid_message"),
        ({"type": "mark_read", "notification_ids": [1]}, "invalid_message"),
        ({"type": "catch_up"}, "invalid_message"),
        ({"type": "catch_up", "since": -1}, "invalid_message"),
        ({"type": "catch_up", "since": 2**63}, "invalid_message"),
        ({"type": "catch_up", "since": 1.5}, "invalid_message"),
        ("nonsense", "invalid_message"),
    ],
)
def test_nonsense_is_answered_by_an_error_and_the_line_stays_open(tab, as_ada, said, code):
    async def scene():
        client = await tab(as_ada)
        answer = await client.ask(said)
        assert (answer["type"], answer["code"], bool(answer["message"])) == ("error", code, True)
        assert (await client.ask({"type": "ping"}))["type"] == "pong"

    play(scene)


def test_anothers_notification_is_not_there(tab, as_ada, as_ben, ben):
    application = ApplicationFactory(owner=ben, status="applied")
    move(as_ben, application, "offer")
    theirs = Notice.objects.get()

    async def scene():
        client = await tab(as_ada)
        answer = await client.ask({"type": "mark_read", "notification_id": theirs.pk})
        assert (answer["type"], answer["code"]) == ("error", "not_found")
        await client.send({"type": "catch_up", "since": 0})
        assert [message["type"] for message in await client.until("caught_up")] == ["caught_up"]

    play(scene)
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_poison_is_answered_and_harms_nothing(tab, as_ada):
    async def scene():
        client = await tab(as_ada)
        for value in poison.values():
            for said in (
                {"type": value},
                {"type": "subscribe", "channel": value},
                {"type": "catch_up", "since": value},
            ):
                text = json.dumps(said)
                if len(text) <= 4096:
                    assert (await client.ask(text))["type"] in {"error", "caught_up", "resync"}

    play(scene)


@pytest.mark.parametrize("query", ["", "token=", "token=nobody", "token=" + "x" * 43, "token=a&token=b", "token=%00"])
def test_a_bad_token_is_told_so_by_the_code(board, query):
    async def scene():
        with pytest.raises(Closed) as closed:
            await Client(board, MOUTH).connect(query)
        assert closed.value.code == 4401

    play(scene)


def test_a_token_opens_one_line(board, as_ada):
    token = as_ada.get(f"{FEED}/socket-token").json()["token"]

    async def scene():
        await Client(board, MOUTH).connect(f"token={token}")
        with pytest.raises(Closed):
            await Client(board, MOUTH).connect(f"token={token}")

    play(scene)


@pytest.mark.parametrize("end", ["logout", "disabled", "expired", "removed"])
def test_the_end_of_a_session_closes_its_lines_and_no_other_ones(tab, as_ada, as_ben, ada, signed_in, end):
    elsewhere = signed_in(ada)

    async def scene():
        client, other = await tab(as_ada), await tab(elsewhere if end == "logout" else as_ben)
        sessions = Session.objects.filter(user=ada)
        match end:
            case "logout":
                as_ada.post("/copilot/api/v1/auth/logout")
            case "disabled":
                type(ada).objects.filter(pk=ada.pk).update(is_active=False)
            case "expired":
                sessions.update(expires_at=datetime(2020, 1, 1, tzinfo=UTC))
            case "removed":
                sessions.delete()
        with pytest.raises(Closed) as closed:
            await client.receive()
        assert closed.value.code == 4401
        assert (await other.ask({"type": "ping"}))["type"] == "pong"

    play(scene)


def test_a_session_that_owes_its_second_factor_opens_no_line(board, as_ada, ada):
    token = as_ada.get(f"{FEED}/socket-token").json()["token"]
    Session.objects.filter(user=ada).update(awaits_second_factor=True)

    async def scene():
        with pytest.raises(Closed):
            await Client(board, MOUTH).connect(f"token={token}")

    play(scene)
    assert tokens.sessions(ada.pk).exists()
