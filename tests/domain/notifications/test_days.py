"""Reminders of interviews of which only a day is known, or not even that."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from onward.domain.accounts.services import profiles
from onward.domain.interviews import services as interviews
from onward.domain.notifications.models import Notification
from tests.domain.notifications.post import delivered, html
from tests.factories import ApplicationFactory

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 3, 10)


@pytest.fixture
def stage(ada):
    application = ApplicationFactory(owner=ada, company__owner=ada)
    return interviews.add_stage(
        owner_id=ada.pk, application_id=application.pk, day=DAY, at=AT, name="With the team", duration_minutes=None
    )


@pytest.fixture
def post(monkeypatch):
    return partial(delivered, monkeypatch=monkeypatch)


def test_a_day_is_reminded_of_a_day_before_and_no_hour_is_claimed(stage, post):
    (message,) = post(datetime(2026, 3, 9, tzinfo=UTC))

    assert message.subject.startswith("Interview Tomorrow")
    said = message.body + html(message)
    assert "Tuesday, 10 March 2026" in said
    assert "With the team, round 1" in said
    assert "00:00" not in said
    assert "minutes" not in said


def test_a_day_that_is_taken_back_is_not_reminded_of_until_there_is_another(stage):
    interviews.update(interview=stage, at=AT, day=None)
    assert not Notification.objects.exists()

    interviews.update(interview=stage, at=AT, day=DAY + timedelta(days=1))
    assert Notification.objects.get().interview_at == datetime(2026, 3, 11, tzinfo=UTC)


def test_a_day_follows_its_owners_clock_and_so_does_its_reminder(ada, stage, post):
    profiles.change(user_id=ada.pk, changes={"timezone": "America/New_York"}, demands={}, at=AT)

    reminder = Notification.objects.get()
    assert (reminder.interview_at, reminder.due_at) == (
        datetime(2026, 3, 10, 4, tzinfo=UTC),
        datetime(2026, 3, 9, 4, tzinfo=UTC),
    )
    (message,) = post(datetime(2026, 3, 9, 5, tzinfo=UTC))
    assert "Tuesday, 10 March 2026" in message.body
