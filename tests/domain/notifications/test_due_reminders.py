"""Reminders that people make: one mail for each of them and its time, when that has come."""

from datetime import UTC, datetime, time, timedelta
from functools import partial

import pytest
from django.db import IntegrityError

from onward.domain.notifications.models import Notification, Preferences
from onward.domain.notifications.services import preferences, sending
from onward.domain.reminders import services as reminders
from onward.platform.jobs.models import Job, State
from tests.domain.notifications.post import delivered, html
from tests.factories import ApplicationFactory, CompanyFactory, ReminderFactory

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DUE = datetime(2026, 3, 10, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def application(ada):
    return ApplicationFactory(owner=ada, company=CompanyFactory(owner=ada, name="Acme"), job_title="Cook")


@pytest.fixture
def reminder(ada, application):
    return reminders.create(
        owner_id=ada.pk,
        title="Call Jane",
        description="Ask for the <b>start date</b>",
        remind_at=DUE,
        application_id=application.pk,
        at=AT,
    )


@pytest.fixture
def post(monkeypatch):
    return partial(delivered, monkeypatch=monkeypatch)


def planned():
    rows = Notification.objects.filter(status="pending").order_by("due_at")
    return [(row.subject, row.remind_at, row.due_at) for row in rows]


def quiet(owner, start, end):
    Preferences.objects.create(owner=owner, quiet_hours_start=start, quiet_hours_end=end)


def test_comes_when_it_is_due_and_once(reminder, post):
    assert planned() == [("Reminder: Call Jane", DUE, DUE)]
    assert post(DUE - timedelta(seconds=1)) == []

    (message,) = post(DUE)

    assert (message.to, message.subject) == (["ada@example.org"], "Reminder: Call Jane")
    row = Notification.objects.get()
    assert (row.notification_type, row.status, row.sent_at) == ("custom", "sent", DUE)
    assert post(DUE + 48 * HOUR) == []


def test_says_what_and_when_and_about_which_job_on_its_owners_clock(ada, reminder, post):
    ada.timezone = "Europe/Berlin"
    ada.save()

    (message,) = post(DUE)

    for text in (message.body, html(message)):
        assert "Call Jane" in text
        assert "Acme, Cook" in text
        assert "Tuesday, 10 March 2026, 15:00 (Europe/Berlin)" in text
    assert "Ask for the <b>start date</b>" in message.body
    assert "Ask for the &lt;b&gt;start date&lt;/b&gt;" in html(message)
    assert "unsubscribe" not in message.body.lower()


def test_needs_no_job_to_be_about(ada, post):
    reminders.create(owner_id=ada.pk, title="Rest", remind_at=DUE, at=AT)

    (message,) = post(DUE)

    assert message.body.startswith("Rest\n\nTuesday, 10 March 2026, 14:00 (UTC)")


def test_the_history_shows_it(as_ada, reminder, post):
    post(DUE)

    (shown,) = as_ada.get("/tracker/api/v1/notifications/history/").json()["results"]

    assert (shown["notification_type"], shown["subject"], shown["status"]) == ("custom", "Reminder: Call Jane", "sent")


@pytest.mark.parametrize("late", [timedelta(0), HOUR])
def test_a_time_that_is_over_already_makes_no_mail(ada, post, late):
    reminders.create(owner_id=ada.pk, title="x", remind_at=AT - late, at=AT)

    assert not Notification.objects.exists()
    assert post(DUE) == []


def test_moves_with_its_reminder_as_the_same_row(reminder, post):
    (before,) = Notification.objects.all()
    later = DUE + 48 * HOUR
    reminders.update(reminder=reminder, remind_at=later, title="Call Jane Doe", at=AT)

    assert planned() == [("Reminder: Call Jane Doe", later, later)]
    assert Notification.objects.get().pk == before.pk
    assert post(DUE) == []
    assert len(post(later)) == 1


def test_comes_earlier_when_its_reminder_does(reminder, post):
    earlier = DUE - 48 * HOUR
    reminders.update(reminder=reminder, remind_at=earlier, at=AT)

    assert len(post(earlier)) == 1
    assert post(DUE) == []


def test_a_reminder_that_is_moved_after_its_mail_is_due_again_and_moved_back_not(reminder, post):
    post(DUE)
    later = DUE + 48 * HOUR

    reminders.update(reminder=reminder, remind_at=later, at=DUE + HOUR)
    assert planned() == [("Reminder: Call Jane", later, later)]
    reminders.update(reminder=reminder, remind_at=DUE, at=DUE + HOUR)
    assert planned() == []
    reminders.update(reminder=reminder, remind_at=later, at=DUE + HOUR)

    assert len(post(later)) == 1
    assert Notification.objects.filter(status="sent").count() == 2


def test_a_reminder_that_is_moved_back_before_its_old_time_has_come_is_not_told_twice(reminder, post):
    later, soon = DUE + 48 * HOUR, DUE + HOUR
    post(DUE)
    reminders.update(reminder=reminder, remind_at=soon, at=DUE)
    post(soon)
    reminders.update(reminder=reminder, remind_at=later, at=soon)

    reminders.update(reminder=reminder, remind_at=soon + timedelta(seconds=1), at=soon)

    assert len(post(soon + HOUR)) == 1


def test_moved_to_a_time_that_is_over_makes_no_mail(reminder, post):
    reminders.update(reminder=reminder, remind_at=AT - HOUR, at=AT)

    assert planned() == []
    assert post(DUE) == []


def test_what_else_changes_moves_nothing(reminder):
    (before,) = Notification.objects.values()
    jobs = Job.objects.count()

    reminders.update(reminder=reminder, description="x", reminder_type="deadline", application_id=None, at=AT)

    assert list(Notification.objects.values()) == [before]
    assert Job.objects.count() == jobs


@pytest.mark.parametrize("way", ["complete", "update"])
def test_goes_when_its_reminder_is_done_and_comes_back_with_it(reminder, post, way):
    if way == "complete":
        reminders.complete(reminder=reminder, at=AT)
    else:
        reminders.update(reminder=reminder, completed_at=AT, at=AT)
    assert planned() == []

    reminders.update(reminder=reminder, completed_at=None, at=AT + HOUR)

    assert planned() == [("Reminder: Call Jane", DUE, DUE)]
    assert len(post(DUE)) == 1


def test_a_reminder_that_is_opened_again_when_it_is_over_makes_no_mail(reminder, post):
    reminders.complete(reminder=reminder, at=AT)
    reminders.update(reminder=reminder, completed_at=None, at=DUE + HOUR)

    assert planned() == []
    assert post(DUE + 2 * HOUR) == []


def test_a_reminder_that_is_done_and_moved_makes_no_mail(reminder, post):
    reminders.update(reminder=reminder, completed_at=AT, remind_at=DUE + HOUR, at=AT)
    reminders.update(reminder=reminder, title="Call nobody", remind_at=DUE + 2 * HOUR, at=AT)

    assert planned() == []
    assert post(DUE + 3 * HOUR) == []


def test_goes_with_its_reminder(reminder, post):
    reminders.delete(reminder=reminder, at=AT)

    assert not Notification.objects.exists()
    assert post(DUE) == []


def test_waits_for_the_end_of_the_quiet_hours(ada, post):
    quiet(ada, time(13), time(16))
    reminders.create(owner_id=ada.pk, title="x", remind_at=DUE, at=AT)

    assert planned() == [("Reminder: x", DUE, DUE + 2 * HOUR)]
    assert post(DUE + HOUR) == []
    assert len(post(DUE + 2 * HOUR)) == 1


def test_another_name_in_the_quiet_hours_changes_the_name_alone(ada, post):
    quiet(ada, time(13), time(16))
    reminder = reminders.create(owner_id=ada.pk, title="x", remind_at=DUE, at=AT)

    reminders.update(reminder=reminder, title="y", at=DUE + HOUR)

    assert planned() == [("Reminder: y", DUE, DUE + 2 * HOUR)]
    assert [message.subject for message in post(DUE + 2 * HOUR)] == ["Reminder: y"]


def test_follows_the_quiet_hours_when_they_change(ada, reminder, post):
    change = partial(preferences.change, owner_id=ada.pk, at=AT)

    change(changes={"quiet_hours_start": time(13), "quiet_hours_end": time(16)})
    assert planned() == [("Reminder: Call Jane", DUE, DUE + 2 * HOUR)]
    change(changes={"quiet_hours_start": None, "quiet_hours_end": None})
    assert planned() == [("Reminder: Call Jane", DUE, DUE)]

    assert len(post(DUE)) == 1


def test_other_preferences_leave_it_alone(ada, reminder, post):
    off = dict.fromkeys(("interview_reminders", "application_updates", "weekly_summary"), False)
    preferences.change(owner_id=ada.pk, changes=off, at=AT)

    assert len(post(DUE)) == 1


def test_is_held_until_the_address_is_verified(ada, reminder, post):
    ada.is_email_verified = False
    ada.save()
    assert post(DUE) == []

    ada.is_email_verified = True
    ada.save()
    sending.release_held(at=DUE + HOUR)

    assert len(post(DUE + HOUR)) == 1


def test_one_that_is_held_and_moves_comes_at_its_new_time(ada, reminder, post):
    ada.is_email_verified = False
    ada.save()
    post(DUE)
    reminders.update(reminder=reminder, remind_at=DUE + 5 * HOUR, at=DUE + HOUR)

    ada.is_email_verified = True
    ada.save()
    sending.release_held(at=DUE + HOUR)

    assert post(DUE + 2 * HOUR) == []
    assert len(post(DUE + 5 * HOUR)) == 1


def test_one_that_is_being_sent_while_its_reminder_moves_is_sent_and_planned_anew(reminder, post):
    letter = sending.claim(notification_id=Notification.objects.get().pk, at=DUE)
    assert letter is not None

    reminders.update(reminder=reminder, remind_at=DUE + HOUR, at=DUE)
    sending.mark_sent(letter=letter, at=DUE)

    assert planned() == [("Reminder: Call Jane", DUE + HOUR, DUE + HOUR)]
    assert len(post(DUE + HOUR)) == 1


def test_a_mail_whose_reminder_was_done_behind_its_back_is_not_sent(reminder, post):
    type(reminder).objects.update(completed_at=AT)

    assert post(DUE) == []
    assert Notification.objects.get().status == "skipped"


def test_the_database_keeps_one_for_each_time(ada):
    reminder = ReminderFactory(owner=ada, remind_at=DUE)
    same = {"owner": ada, "notification_type": "custom", "subject": "x", "due_at": DUE, "remind_at": DUE}
    Notification.objects.create(reminder=reminder, **same)

    with pytest.raises(IntegrityError):
        Notification.objects.create(reminder=reminder, **same)


def test_of_many_workers_one_sends_it(together, reminder):
    pk = Notification.objects.get().pk

    letters = together(6, lambda number: sending.claim(notification_id=pk, at=DUE))

    assert sum(letter is not None for letter in letters) == 1


def test_moving_and_completing_at_once_leaves_no_mail_that_nobody_wants(together, reminder):
    acts = [
        lambda: reminders.update(reminder=reminder, remind_at=DUE + HOUR, at=AT),
        lambda: reminders.complete(reminder=reminder, at=AT),
    ]

    problems = [found for found in together(2, lambda number: acts[number]()) if isinstance(found, Exception)]

    assert problems == []
    assert planned() == []


def test_planning_costs_one_job(reminder):
    assert Job.objects.filter(kind="notifications.send", state=State.WAITING).count() == 1
