"""Today: what the day asks, and doing it."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from onward.domain.applications.choices import Status
from onward.domain.applications.models import Application
from onward.domain.insight.queries.today import today
from onward.domain.reminders.models import Reminder
from onward.web.today.sentence import sentence
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    InterviewFactory,
    OutcomeFactory,
    ProgressFactory,
    ReminderFactory,
    StatusChangeFactory,
)

HERE = datetime.fromisoformat("2026-06-03T10:00:00+00:00")


def applied(owner, company="Nordwind", days=3, **fields):
    made = ApplicationFactory(owner=owner, company=CompanyFactory(owner=owner, name=company), **fields)
    StatusChangeFactory(application=made, after=made.status, changed_at=HERE - timedelta(days=days))
    return made


def interview(application, at, **fields):
    return InterviewFactory(
        application=application, owner=application.owner, scheduled_at=at, day=at.date(), has_time=True, **fields
    )


def text(answer):
    return answer.content.decode()


def test_the_first_day_leads_to_the_first_application(adas):
    page = text(adas.get("/app/"))

    assert "A search begins with one application." in page
    assert "/app/applications/new/" in page


def test_the_day_lists_where_one_is_expected_then_what_is_due_then_what_went_quiet(ada):
    made = applied(ada, next_action="Send it", next_action_date=HERE.date())
    applied(ada, company="Stille", days=20)
    interview(made, HERE + timedelta(hours=4))
    interview(made, HERE - timedelta(days=1))
    ReminderFactory(owner=ada, application=None, title="Thank them", remind_at=HERE - timedelta(hours=2))
    ReminderFactory(owner=ada, application=None, title="Later", remind_at=HERE + timedelta(days=2))

    day = today(owner_id=ada.pk, here=HERE)

    kinds = [item.kind for item in day.items]
    assert kinds == ["interview", "past_interview", "action", "reminder", "quiet"]
    assert sentence(day, HERE) == "Four things today. Nordwind expects you at 14:00."


def test_the_week_ahead_stands_beside_it(ada):
    made = applied(ada)
    interview(made, HERE + timedelta(days=2))
    interview(made, HERE + timedelta(days=20))

    day = today(owner_id=ada.pk, here=HERE)

    assert [item.company for item in day.week] == ["Nordwind"]
    assert sentence(day, HERE) == "Nothing has to be done today. Nordwind expects you on Friday."


def test_the_day_costs_three_statements_whatever_it_asks(adas, ada, queries):
    now = timezone.now()
    wish = applied(ada, status=Status.WISHLIST, deadline=now.date())
    made = applied(ada, company="Südwind", status=Status.OFFER, next_action="Call", next_action_date=now.date())
    OutcomeFactory(application=made, deadline=now.date())
    interview(made, now + timedelta(minutes=1))
    interview(made, now - timedelta(days=2), name="", interview_type="technical")
    ReminderFactory(owner=ada, application=wish, remind_at=now)
    StatusChangeFactory(application=applied(ada, company="Stille", days=90000), after="applied", changed_at=HERE)

    with queries() as asked:
        page = text(adas.get("/app/"))

    assert len(asked) == 3
    kinds = re.findall(r'class="due-item (\w+)"', page)
    assert sorted(kinds) == ["action", "answer_by", "apply_by", "interview", "past_interview", "quiet", "reminder"]
    assert "Technical" in page


def test_the_weeks_are_counted_and_a_streak_lasts_until_a_day_has_gone_by(ada):
    week = timedelta(days=7)
    applied(ada, applied_date=HERE.date(), response_date=HERE.date())
    applied(ada, company="A", applied_date=HERE.date() - week)
    applied(ada, company="B", status=Status.WISHLIST, applied_date=HERE.date())
    interview(applied(ada, company="C", applied_date=None), HERE - timedelta(hours=1))
    ProgressFactory(user=ada, streak_days=4, last_active_on=HERE.date() - timedelta(days=1))

    day, later = today(owner_id=ada.pk, here=HERE), today(owner_id=ada.pk, here=HERE + timedelta(days=1))

    assert (tuple(day.now), tuple(day.before)) == ((1, 1, 1), (1, 0, 0))
    assert (day.streak, later.streak) == (4, 0)


def test_nothing_of_another_person_is_there(ada, ben):
    made = applied(ben, days=20, next_action="x", next_action_date=HERE.date())
    interview(made, HERE + timedelta(hours=1))
    ReminderFactory(owner=ben, application=made, remind_at=HERE)

    day = today(owner_id=ada.pk, here=HERE)

    assert (day.items, day.week, day.has_applications) == ([], [], False)


@pytest.mark.parametrize(("do", "days"), [("tomorrow", 1), ("three_days", 3), ("week", 7), ("nonsense", 1)])
def test_a_next_action_is_put_off(adas, ada, do, days):
    made = applied(ada, next_action="Send it", next_action_date=HERE.date())

    adas.send(f"/app/today/actions/{made.pk}/", do=do)

    made.refresh_from_db()
    assert made.next_action_date == timezone.now().date() + timedelta(days=days)
    assert made.next_action == "Send it"


def test_a_next_action_is_ticked_off(adas, ada):
    made = applied(ada, next_action="Send it", next_action_date=HERE.date())

    adas.send(f"/app/today/actions/{made.pk}/", do="done")

    made.refresh_from_db()
    assert (made.next_action, made.next_action_date) == ("", None)


def test_a_reminder_is_ticked_off_once_and_put_off_to_the_same_hour(adas, ada):
    kept = ReminderFactory(owner=ada, application=None, remind_at=HERE)
    done = ReminderFactory(owner=ada, application=None, remind_at=HERE)

    adas.send(f"/app/today/reminders/{kept.pk}/", do="monday")
    for _ in range(2):
        assert adas.send(f"/app/today/reminders/{done.pk}/", do="done").status_code == 302

    kept.refresh_from_db()
    done.refresh_from_db()
    assert (kept.remind_at.weekday(), kept.remind_at.hour) == (0, 10)
    assert kept.remind_at > timezone.now()
    assert done.completed_at is not None


def test_a_reminder_is_dropped_and_comes_back_by_its_undo(adas, ada):
    reminder = ReminderFactory(owner=ada, application=None, title="Thank them", remind_at=HERE)

    adas.send(f"/app/today/reminders/{reminder.pk}/", do="drop")
    assert not Reminder.objects.exists()
    page = text(adas.get("/app/"))
    assert "Dropped: Thank them" in page
    adas.send(re.findall(r'action="(/app/undo/[0-9a-f-]+/)"', page)[0])

    assert Reminder.objects.get() == reminder


def test_a_deadline_is_met_by_applying_or_dropped_in_place(adas, ada):
    for company in ("Nordwind", "Ostwind"):
        made = applied(ada, company=company, status=Status.WISHLIST, deadline=timezone.now().date())
        StatusChangeFactory(application=made, after=Status.WISHLIST)
    page = text(adas.get("/app/"))
    assert page.count('name="to" value="applied"') == page.count('name="field" value="deadline"') == 2

    first, second = Application.objects.order_by("pk")
    answer = adas.send(f"/app/applications/{first.pk}/move/", to="applied", next="/app/")
    adas.send(f"/app/applications/{second.pk}/change/", field="deadline", value="", next="/app/")

    assert answer.url == "/app/"
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.deadline) == (Status.APPLIED, None)
    assert 'value="applied"' not in text(adas.get("/app/"))


def test_what_is_anothers_cannot_be_done(adas, ben):
    theirs = applied(ben, next_action="x", next_action_date=HERE.date())
    reminder = ReminderFactory(owner=ben, application=None, remind_at=HERE)

    assert adas.send(f"/app/today/actions/{theirs.pk}/", do="done").status_code == 404
    assert adas.send(f"/app/today/reminders/{reminder.pk}/", do="done").status_code == 404

    theirs.refresh_from_db()
    assert theirs.next_action == "x"
    assert theirs.status == Status.APPLIED
