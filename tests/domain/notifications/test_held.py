"""Mails to somebody who has not verified their address wait until they have, for a day."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from onward.domain.accounts.events import EmailVerified
from onward.domain.accounts.services import staff
from onward.domain.interviews import services as interviews
from onward.domain.notifications import tasks
from onward.domain.notifications.models import Notification, Preferences
from onward.domain.notifications.services import planning, preferences, sending
from onward.platform.events import publish
from tests.domain.notifications.post import delivered
from tests.factories import ApplicationFactory

HISTORY = "/tracker/api/v1/notifications/history/"
MINUTE = timedelta(minutes=1)
HOUR = 60 * MINUTE
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def ada(ada):
    """Somebody who has registered a moment ago."""
    ada.is_email_verified = False
    ada.save()
    return ada


@pytest.fixture
def post(monkeypatch):
    return partial(delivered, monkeypatch=monkeypatch)


@pytest.fixture
def application(ada):
    return ApplicationFactory(owner=ada)


def verify(ada):
    ada.is_email_verified = True
    ada.save()


def move(client, application, status):
    path = f"/tracker/api/v1/applications/{application.pk}/status/"
    assert client.patch(path, {"status": status}).status_code == 200


def statuses(client):
    return [row["status"] for row in client.get(HISTORY).json()["results"]]


def test_a_mail_waits_and_is_sent_once_the_address_is_verified(as_ada, ada, application, post):
    now = timezone.now()
    # On a Monday there would be one more.
    Preferences.objects.create(owner=ada, weekly_summary=False)
    move(as_ada, application, "offer")
    assert post(now + 3 * MINUTE) == []
    assert statuses(as_ada) == ["pending"]
    assert Notification.objects.get().attempts == 0

    verify(ada)
    tasks.look_at_the_calendar()
    tasks.look_at_the_calendar()
    (message,) = post(now + 4 * MINUTE)

    assert "Offer Received" in message.subject
    assert statuses(as_ada) == ["sent"]
    assert post(now + HOUR) == []


def test_an_interview_of_tomorrow_is_reminded_of_as_soon_as_the_address_is_verified(ada, application, post):
    interviews.create(owner_id=ada.pk, application_id=application.pk, scheduled_at=AT + 20 * HOUR, at=AT)
    assert post(AT) == []

    assert sending.release_held(at=AT + MINUTE) == 0
    verify(ada)
    assert sending.release_held(at=AT + 10 * MINUTE) == 1

    assert len(post(AT + 10 * MINUTE)) == 1


def test_several_moves_make_one_mail_however_long_it_waits(as_ada, ada, application, post):
    later = timezone.now() + 3 * MINUTE
    move(as_ada, application, "screening")
    assert post(later) == []
    move(as_ada, application, "interviewing")
    move(as_ada, application, "offer")
    verify(ada)
    sending.release_held(at=later)

    (message,) = post(later)

    assert "Applied → Offer Received" in message.body
    assert Notification.objects.count() == 1


def test_after_a_day_it_is_skipped_and_never_sent(as_ada, ada, post):
    planning.notify(owner_id=ada.pk, subject="x", text="x", at=AT)
    post(AT)
    assert sending.give_up(at=AT + 23 * HOUR) == 0
    assert sending.give_up(at=AT + 25 * HOUR) == 1
    verify(ada)

    assert sending.release_held(at=AT + 26 * HOUR) == 0
    assert post(AT + 26 * HOUR) == []
    assert statuses(as_ada) == ["skipped"]
    assert Notification.objects.get().error == "The address was not verified in time."


def test_a_reminder_waits_for_as_long_as_its_interview_is_to_come(ada, application, post):
    interview = AT + 100 * HOUR
    preferences.change(owner_id=ada.pk, changes={"interview_reminder_hours": 168}, at=AT)
    interviews.create(owner_id=ada.pk, application_id=application.pk, scheduled_at=interview, at=AT)
    post(AT)

    assert sending.give_up(at=interview - HOUR) == 0
    assert sending.give_up(at=interview + HOUR) == 1
    assert Notification.objects.get().status == "skipped"


def test_it_goes_with_what_it_is_about(ada, application, post):
    interview = interviews.create(owner_id=ada.pk, application_id=application.pk, scheduled_at=AT + 20 * HOUR, at=AT)
    post(AT)
    interviews.update(interview=interview, at=AT, status="cancelled")

    assert Notification.objects.count() == 0


def test_an_address_that_staff_have_changed_is_waited_for_too(ada, application, post):
    verify(ada)
    interviews.create(owner_id=ada.pk, application_id=application.pk, scheduled_at=AT + 20 * HOUR, at=AT)
    ada.email = "ada@elsewhere.example"
    staff.change_account(user=ada, changed=["email"], at=AT)
    assert post(AT) == []

    verify(ada)
    sending.release_held(at=AT + MINUTE)
    (message,) = post(AT + MINUTE)

    assert message.to == ["ada@elsewhere.example"]
    assert len(mail.outbox) == 1


def test_following_the_link_sends_it_at_once(as_ada, ada, application, post):
    now = timezone.now()
    move(as_ada, application, "offer")
    assert post(now + 3 * MINUTE) == []

    with transaction.atomic():
        verify(ada)
        publish(EmailVerified(owner_id=ada.pk, at=now + 4 * MINUTE))

    (message,) = post(now + 5 * MINUTE)
    assert "Offer Received" in message.subject
