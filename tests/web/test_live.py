"""The app's line: it says what has changed, to pages of our own and to nobody else."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from onward.platform import tokens
from onward.platform.events.models import EventRecord
from onward.platform.live.reading import Happened
from onward.platform.tokens.models import Session
from onward.web.frame.live import Web
from tests.factories import ApplicationFactory

MOUTH = Web()
V1 = "/tracker/api/v1"
pytestmark = pytest.mark.django_db


def asking(browser, *, origin="http://localhost", host="localhost"):
    cookie = browser.cookies[settings.APP_COOKIE_NAME].value
    return {
        "headers": [
            (b"origin", origin.encode()),
            (b"host", host.encode()),
            (b"cookie", f"{settings.APP_COOKIE_NAME}={cookie}".encode()),
        ]
    }


def test_a_page_of_ours_is_let_in_by_its_cookie(adas, ada):
    holder = MOUTH.admit(asking(adas))

    assert holder is not None
    assert holder.owner_id == ada.pk


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://evil.example", "localhost"),
        ("http://evil.example", "evil.example"),
        ("", "localhost"),
        ("null", "localhost"),
        ("http://localhost:1", "localhost"),
        ("javascript:alert(1)", "localhost"),
    ],
)
def test_pages_of_others_are_not_let_in(adas, origin, host):
    assert MOUTH.admit(asking(adas, origin=origin, host=host)) is None


@pytest.mark.parametrize("cookie", ["", "x", "1.2", "=;;", "\x00"])
def test_a_cookie_that_is_none_opens_nothing(cookie):
    headers = [(b"origin", b"http://localhost"), (b"host", b"localhost"), (b"cookie", cookie.encode())]

    assert MOUTH.admit({"headers": headers}) is None


def test_a_session_that_has_ended_opens_nothing(adas, ada):
    tokens.end_sessions(user_id=ada.pk, except_id=None, reason="test", at=timezone.now())

    assert MOUTH.admit(asking(adas)) is None
    assert Session.objects.filter(user=ada, ended_at=None).count() == 0


def test_what_changes_through_an_api_is_told_by_its_name_and_no_more(as_ada, ada):
    application = ApplicationFactory(owner=ada, status="applied", job_title="Secret title")
    as_ada.patch(f"{V1}/applications/{application.pk}/status/", {"status": "offer"})
    rows = EventRecord.objects.filter(name__in=MOUTH.names).order_by("id")
    happened = [Happened(e.id, e.name, e.owner_id, e.payload, e.happened_at) for e in rows]

    (message,) = MOUTH.messages(happened)

    assert (message.owner_id, message.seq) == (ada.pk, happened[-1].id)
    assert message.body == {"type": "changed", "what": [f"application-{application.pk}"]}
    assert "Secret" not in json.dumps(dict(message.body))


def test_much_at_once_is_one_message_for_each_account(ada, ben):
    at = timezone.now()
    happened = [
        Happened(number, "application.created", owner.pk, {"application_id": number}, at + timedelta(seconds=number))
        for number, owner in enumerate([ada, ben] * 150, 1)
    ]

    messages = MOUTH.messages(happened)

    assert [message.owner_id for message in messages] == [ada.pk, ben.pk]
    assert len(messages[0].body["what"]) == 150
