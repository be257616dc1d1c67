"""Mails about applications that have moved from one status to another."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from onward.domain.applications import services as applications
from onward.domain.notifications.models import Notification
from onward.domain.notifications.services import preferences
from tests.domain.notifications.post import delivered, html
from tests.factories import ApplicationFactory, CompanyFactory

SOON = timedelta(minutes=10)


@pytest.fixture
def application(ada):
    return ApplicationFactory(
        owner=ada, company=CompanyFactory(owner=ada, name="Google"), job_title="Engineer", next_action="Call <them>"
    )


@pytest.fixture
def post(monkeypatch):
    return partial(delivered, monkeypatch=monkeypatch)


def move(client, application, status):
    path = f"/tracker/api/v1/applications/{application.pk}/status/"
    assert client.patch(path, {"status": status}).status_code == 200


def test_a_move_is_told_by_mail_and_stands_in_the_history(as_ada, application, post):
    move(as_ada, application, "offer")
    row = Notification.objects.get()
    assert (row.notification_type, row.status) == ("application_status", "pending")
    assert row.subject == "Application Update: Google - Engineer"

    (message,) = post(timezone.now() + SOON)

    assert message.subject == "Application Update: Google - Engineer: Offer Received"
    assert "Applied → Offer Received" in message.body
    assert "Next: Call <them>" in message.body
    assert "Call &lt;them&gt;" in html(message)
    row.refresh_from_db()
    assert (row.status, row.subject) == ("sent", message.subject)
    assert post(timezone.now() + SOON) == []


def test_several_moves_within_minutes_make_one_mail(as_ada, application, post):
    for status in ("screening", "interviewing", "offer"):
        move(as_ada, application, status)

    (message,) = post(timezone.now() + SOON)

    assert "Applied → Offer Received" in message.body
    assert Notification.objects.count() == 1


def test_a_slip_that_is_put_right_makes_none(as_ada, application, post):
    move(as_ada, application, "rejected")
    move(as_ada, application, "applied")

    assert post(timezone.now() + SOON) == []
    assert [row.status for row in Notification.objects.all()] == ["skipped"]


def test_a_further_move_asks_once_and_writes_nothing(as_ada, application, queries):
    move(as_ada, application, "screening")

    with queries() as asked:
        move(as_ada, application, "offer")

    assert len([q for q in asked.captured_queries if 'notifications_notification"' in q["sql"]]) == 1
    assert not [q for q in asked.captured_queries if "jobs_job" in q["sql"]]


def test_a_mail_that_is_about_to_be_sent_is_not_relied_upon(as_ada, application):
    move(as_ada, application, "screening")
    Notification.objects.update(due_at=timezone.now() + timedelta(seconds=3))

    move(as_ada, application, "offer")

    assert [row.details["before"] for row in Notification.objects.order_by("pk")] == ["applied", "screening"]


def test_a_move_after_the_mail_makes_another_one(as_ada, application, post):
    move(as_ada, application, "screening")
    post(timezone.now() + SOON)
    move(as_ada, application, "offer")

    (message,) = post(timezone.now() + SOON)

    assert "Screening → Offer Received" in message.body


def test_moves_of_two_applications_are_told_apart(as_ada, ada, application, post):
    other = ApplicationFactory(owner=ada)
    move(as_ada, application, "offer")
    move(as_ada, other, "rejected")

    assert len(post(timezone.now() + SOON)) == 2


def test_repeating_a_move_tells_nothing(as_ada, application, post):
    move(as_ada, application, "applied")

    assert Notification.objects.count() == 0


def test_switched_off_nothing_is_told_and_what_waits_goes(as_ada, ada, application, post):
    move(as_ada, application, "screening")
    preferences.change(owner_id=ada.pk, changes={"application_updates": False}, at=timezone.now())
    move(as_ada, application, "offer")

    assert Notification.objects.count() == 0
    assert post(timezone.now() + SOON) == []


def test_a_move_in_the_quiet_hours_is_told_after_them(as_ada, ada, application, post):
    now = timezone.now()
    start, end = (now - timedelta(hours=1)).time(), (now + timedelta(hours=3)).time()
    preferences.change(
        owner_id=ada.pk,
        changes={"quiet_hours_start": start.replace(microsecond=0), "quiet_hours_end": end.replace(microsecond=0)},
        at=now,
    )
    move(as_ada, application, "offer")

    assert post(now + timedelta(hours=2)) == []
    assert len(post(now + timedelta(hours=3))) == 1


def test_a_move_that_is_written_down_long_afterwards_is_no_news(ada, application):
    long_ago = timezone.now() - timedelta(days=3)
    applications.change_status(application=application, to="offer", at=long_ago)

    assert Notification.objects.count() == 0


def test_the_mail_goes_with_the_application(as_ada, ada, application, post):
    move(as_ada, application, "offer")
    as_ada.delete(f"/tracker/api/v1/applications/{application.pk}/")

    assert post(timezone.now() + SOON) == []


def test_nobody_elses_moves_are_told(as_ada, as_ben, application, post):
    path = f"/tracker/api/v1/applications/{application.pk}/status/"

    assert as_ben.patch(path, {"status": "offer"}).status_code == 404
    assert Notification.objects.count() == 0
