"""The weekly summary: on Monday at eight, on everybody's own clock."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from django.utils import timezone

from onward.domain.applications.models import Application
from onward.domain.notifications import tasks
from onward.domain.notifications.models import Notification, Preferences
from onward.domain.notifications.services import preferences
from onward.domain.notifications.services.weekly import schedule_weekly
from onward.platform.jobs.registry import periodic_kinds
from tests.domain.notifications.post import delivered, html
from tests.factories import ApplicationFactory, CompanyFactory, InterviewFactory, UserFactory

# A Monday.
EIGHT = datetime(2026, 3, 16, 8, tzinfo=UTC)


@pytest.fixture
def post(monkeypatch):
    return partial(delivered, monkeypatch=monkeypatch)


@pytest.fixture
def hunting(ada):
    """Ada has an application that waits for an answer."""
    return ApplicationFactory(owner=ada, company=CompanyFactory(owner=ada, name="Acme"), applied_date=date(2026, 3, 10))


def test_comes_on_monday_at_eight_and_once(ada, hunting, post):
    assert schedule_weekly(at=EIGHT - timedelta(minutes=1)) == 0
    assert schedule_weekly(at=EIGHT) == 1
    assert schedule_weekly(at=EIGHT) == 0
    assert schedule_weekly(at=EIGHT + timedelta(minutes=15)) == 0

    (message,) = post(EIGHT)

    assert message.subject == "Your Weekly Summary: week of 16 March 2026"
    assert schedule_weekly(at=EIGHT + timedelta(hours=1)) == 0
    assert post(EIGHT + timedelta(hours=1)) == []
    assert schedule_weekly(at=EIGHT + timedelta(days=7)) == 1


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("Pacific/Auckland", datetime(2026, 3, 15, 19, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 3, 16, 2, 15, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 3, 16, 7, tzinfo=UTC)),
        # After the clocks went forward in the night before.
        ("Europe/Berlin", datetime(2026, 3, 30, 6, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2026, 3, 16, 15, tzinfo=UTC)),
    ],
)
def test_eight_is_told_by_the_persons_own_clock(ada, hunting, zone, at):
    ada.timezone = zone
    ada.save()

    assert schedule_weekly(at=at - timedelta(seconds=1)) == 0
    assert schedule_weekly(at=at) == 1
    assert Notification.objects.get().due_at == at


def test_one_that_nothing_could_plan_in_time_is_made_up_for_until_the_evening_of_tuesday(ada, hunting):
    assert schedule_weekly(at=EIGHT + timedelta(hours=37)) == 0
    assert schedule_weekly(at=EIGHT + timedelta(hours=30)) == 1


def test_says_what_was_where_it_stands_and_what_to_do(ada, hunting, post):
    Application.objects.filter(pk=hunting.pk).update(updated_at=EIGHT - timedelta(days=6))
    answered = ApplicationFactory(
        owner=ada, status="offer", applied_date=date(2026, 2, 20), response_date=date(2026, 3, 12)
    )
    InterviewFactory(application=answered, status="completed", scheduled_at=EIGHT - timedelta(days=4))
    InterviewFactory(
        application=ApplicationFactory(owner=ada, status="interviewing", company__name="Globex"),
        scheduled_at=EIGHT + timedelta(days=2),
    )
    InterviewFactory(application=answered, scheduled_at=EIGHT + timedelta(days=9))
    ApplicationFactory(
        owner=ada, company__name="Initech", next_action="Send the <portfolio>", next_action_date=date(2026, 3, 14)
    )
    ApplicationFactory(owner=ada, next_action="Much later", next_action_date=date(2026, 3, 23))
    silent = ApplicationFactory(owner=ada, company__name="Umbrella", applied_date=date(2026, 2, 1))
    Application.objects.filter(pk=silent.pk).update(updated_at=EIGHT - timedelta(days=15))
    ApplicationFactory(company__name="Not hers")
    schedule_weekly(at=EIGHT)

    (message,) = (one for one in post(EIGHT) if one.to == [ada.email])

    for text in (message.body, html(message)):
        assert "Last week: 1 application sent, 1 answer, 1 interview held." in text
        assert "6 active, 2 interviews ahead, 1 offer, " in text
        assert "Wednesday, 18 March 2026, 08:00 (UTC): Globex, " in text
        assert "14 March (overdue): Send the" in text
        assert "Umbrella" in text
        assert "Much later" not in text
        assert "Not hers" not in text
    assert "Send the &lt;portfolio&gt;" in html(message)
    assert message.body.count("applied on") == 1


def test_who_has_never_written_anything_down_gets_none(ada):
    assert schedule_weekly(at=EIGHT) == 0


def test_who_has_nothing_going_on_gets_none(ada, post):
    ApplicationFactory(owner=ada, status="rejected", applied_date=date(2025, 1, 1))
    schedule_weekly(at=EIGHT)

    assert post(EIGHT) == []
    assert Notification.objects.get().status == "skipped"


def test_who_does_not_want_it_or_cannot_be_reached_gets_none(ada, ben, cleo):
    for person in (ada, ben, cleo):
        ApplicationFactory(owner=person)
    Preferences.objects.create(owner=ada, weekly_summary=False)
    ben.is_active = False
    ben.save()
    cleo.is_email_verified = False
    cleo.save()

    assert schedule_weekly(at=EIGHT) == 0


def test_waits_until_the_quiet_hours_end(ada, hunting, post):
    Preferences.objects.create(owner=ada, quiet_hours_start=time(22), quiet_hours_end=time(9, 30))
    schedule_weekly(at=EIGHT)

    assert post(EIGHT + timedelta(minutes=89)) == []
    assert len(post(EIGHT + timedelta(minutes=90))) == 1


def test_switched_off_on_the_same_morning_it_does_not_come(ada, hunting, post):
    schedule_weekly(at=EIGHT)
    preferences.change(owner_id=ada.pk, changes={"weekly_summary": False}, at=EIGHT)

    assert post(EIGHT) == []
    assert Notification.objects.count() == 0


def test_two_schedulers_plan_each_once(together):
    for _ in range(20):
        ApplicationFactory(owner=UserFactory())

    together(4, lambda _: schedule_weekly(at=EIGHT))

    assert Notification.objects.count() == 20


def test_a_thousand_people_are_planned_in_batches(ada, hunting, monkeypatch):
    monkeypatch.setattr("onward.domain.notifications.services.weekly.BATCH", 3)
    for _ in range(7):
        ApplicationFactory(owner=UserFactory())

    assert schedule_weekly(at=EIGHT) == 8
    assert Notification.objects.count() == 8


def test_the_calendar_is_looked_at_every_quarter_of_an_hour(ada, hunting, monkeypatch):
    assert tasks.look_at_the_calendar in periodic_kinds()
    assert tasks.look_at_the_calendar.schedule.after(EIGHT) == EIGHT + timedelta(minutes=15)
    lost = Notification.objects.create(
        owner=ada, notification_type="custom", subject="x", due_at=timezone.now() - timedelta(hours=25)
    )

    tasks.look_at_the_calendar()

    lost.refresh_from_db()
    assert lost.status == "failed"
