"""The link in a mail by which its reader is rid of its kind."""

import re
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from onward.domain.interviews import services as interviews
from onward.domain.notifications import links
from onward.domain.notifications.models import Notification, Preferences
from tests.domain.notifications.post import delivered, html
from tests.factories import ApplicationFactory

PREFERENCES = "/tracker/api/v1/notifications/preferences/"


@pytest.fixture
def stranger():
    """A mail program: no cookie, no form."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def message(ada, monkeypatch):
    now = timezone.now()
    interviews.create(
        owner_id=ada.pk, application_id=ApplicationFactory(owner=ada).pk, scheduled_at=now + timedelta(hours=2), at=now
    )
    (message,) = partial(delivered, monkeypatch=monkeypatch)(now + timedelta(seconds=1))
    return message


def path_in(message):
    address = message.extra_headers["List-Unsubscribe"]
    parts = urlsplit(address.removeprefix("<").removesuffix(">"))
    return f"{parts.path}?{parts.query}"


def test_the_headers_are_those_of_rfc_8058_and_the_link_stands_in_both_texts(message):
    address = message.extra_headers["List-Unsubscribe"]
    sent = message.message()

    assert re.fullmatch(r"<https?://\S+/unsubscribe\?token=\S+>", address)
    assert sent["List-Unsubscribe"].replace("\n", "").replace(" ", "") == address
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address[1:-1] in message.body
    assert address[1:-1] in html(message)


def test_one_click_of_a_mail_program_switches_that_kind_off(as_ada, stranger, message):
    answer = stranger.post(
        path_in(message), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 200
    shown = as_ada.get(PREFERENCES).json()
    assert (shown["interview_reminders"], shown["application_updates"], shown["weekly_summary"]) == (False, True, True)
    assert stranger.post(path_in(message)).status_code == 200
    assert not answer.cookies


def test_opening_the_link_changes_nothing_and_shows_a_button(as_ada, stranger, message):
    page = stranger.get(path_in(message))
    stranger.head(path_in(message))

    assert page.status_code == 200
    assert "Interview Reminder" in page.text
    assert as_ada.get(PREFERENCES).json()["interview_reminders"] is True
    (action,) = re.findall(r'action="([^"]+)"', page.text)
    done = stranger.post(action)
    assert "No more mails of the kind" in done.text
    assert as_ada.get(PREFERENCES).json()["interview_reminders"] is False


def test_what_waits_goes_at_once(ada, stranger, message):
    soon = timezone.now() + timedelta(days=9)
    interviews.create(
        owner_id=ada.pk, application_id=ApplicationFactory(owner=ada).pk, scheduled_at=soon, at=timezone.now()
    )
    assert Notification.objects.filter(status="pending").count() == 1

    stranger.post(path_in(message))

    assert Notification.objects.filter(status="pending").count() == 0


@pytest.mark.parametrize("kind", ["interview_reminder", "application_status", "weekly_summary"])
def test_each_kind_has_a_link_of_its_own(ada, stranger, kind):
    parts = urlsplit(links.address(uid=ada.uid, notification_type=kind))
    stranger.post(f"{parts.path}?{parts.query}")

    row = Preferences.objects.get(owner=ada)
    off = {
        "interview_reminder": not row.interview_reminders,
        "application_status": not row.application_updates,
        "weekly_summary": not row.weekly_summary,
    }
    assert [name for name, is_off in off.items() if is_off] == [kind]


@pytest.mark.parametrize("token", ["", "x", "\x00", "%00", "<script>", "a.b", "é.é", "." * 5000])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_we_did_not_make_does_nothing(db, stranger, token, method):
    answer = stranger.generic(method.upper(), "/unsubscribe", QUERY_STRING=f"token={token}")

    assert answer.status_code == 400
    assert "This link does not work" in answer.text
    assert "<script>alert" not in answer.text
    assert Preferences.objects.count() == 0


def test_a_link_cannot_be_turned_into_another(ada, ben, stranger):
    token = links.address(uid=ada.uid, notification_type="weekly_summary").partition("token=")[2]

    for other in (
        token.replace("weekly_summary", "interview_reminder"),
        token.replace(ada.uid.hex, ben.uid.hex),
        token[:-1],
    ):
        assert stranger.post(f"/unsubscribe?token={other}").status_code == 400
    assert Preferences.objects.count() == 0


def test_the_link_of_an_account_that_is_gone_is_harmless(ada, stranger):
    parts = urlsplit(links.address(uid=ada.uid, notification_type="weekly_summary"))
    ada.delete()

    assert stranger.post(f"{parts.path}?{parts.query}").status_code == 200


def test_the_page_keeps_its_address_to_itself(stranger, message):
    page = stranger.get(path_in(message))

    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    assert stranger.put(path_in(message)).status_code in {403, 405}
