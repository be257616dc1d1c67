"""Reminders of interviews: one for each interview, its time and the hours ahead that somebody wishes for."""

from datetime import UTC, datetime, time, timedelta
from functools import partial

import pytest
from django.core import mail
from django.utils import timezone

from onward.domain.applications import services as applications
from onward.domain.companies import services as companies
from onward.domain.interviews import services as interviews
from onward.domain.notifications.models import Notification, Preferences
from onward.domain.notifications.services import preferences, reminders, sending
from tests.domain.notifications.post import delivered, html
from tests.factories import ApplicationFactory, CompanyFactory

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
INTERVIEW = datetime(2026, 3, 10, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def application(ada):
    return ApplicationFactory(
        owner=ada, company=CompanyFactory(owner=ada, name="Google"), job_title="Senior Software Engineer"
    )


@pytest.fixture
def interview(application):
    return interviews.create(
        owner_id=application.owner_id, application_id=application.pk, scheduled_at=INTERVIEW, at=AT
    )


@pytest.fixture
def post(monkeypatch):
    return partial(delivered, monkeypatch=monkeypatch)


def planned():
    return [(row.hours, row.due_at) for row in Notification.objects.filter(status="pending").order_by("due_at")]


def test_comes_a_day_before_and_once(ada, interview, post):
    assert planned() == [(24, INTERVIEW - 24 * HOUR)]
    assert post(INTERVIEW - 25 * HOUR) == []

    (message,) = post(INTERVIEW - 24 * HOUR)

    assert message.to == ["ada@example.org"]
    assert message.subject == "Interview Tomorrow: Google - Senior Software Engineer"
    row = Notification.objects.get()
    assert (row.status, row.sent_at, row.attempts, row.error) == ("sent", INTERVIEW - 24 * HOUR, 1, "")
    assert post(INTERVIEW) == []


def test_says_all_that_one_needs_to_know_on_ones_own_clock_and_on_that_of_the_interview(ada, application, post):
    ada.timezone = "Europe/Berlin"
    ada.save()
    interviews.create(
        owner_id=application.owner_id,
        application_id=application.pk,
        scheduled_at=INTERVIEW,
        at=AT,
        timezone="America/Los_Angeles",
        meeting_link="https://meet.google.com/abc-defg-hij",
        interviewer_names="Jane <b>Smith</b>",
        preparation_notes="Review system design concepts",
    )

    (message,) = post(INTERVIEW - HOUR)

    for text in (message.body, html(message)):
        assert "Tuesday, 10 March 2026, 15:00 (Europe/Berlin)" in text
        assert "Tuesday, 10 March 2026, 07:00 (America/Los_Angeles)" in text
        assert "https://meet.google.com/abc-defg-hij" in text
        assert "Review system design concepts" in text
    assert "Jane <b>Smith</b>" in message.body
    assert "Jane &lt;b&gt;Smith&lt;/b&gt;" in html(message)


def test_moves_with_the_interview(interview, post):
    later = INTERVIEW + timedelta(days=2)
    interviews.update(interview=interview, at=AT + HOUR, scheduled_at=later)

    assert planned() == [(24, later - 24 * HOUR)]
    assert post(INTERVIEW) == []
    assert len(post(later - 24 * HOUR)) == 1


def test_an_interview_that_is_moved_after_its_reminder_is_reminded_of_again_and_moved_back_not(interview, post):
    later = INTERVIEW + timedelta(days=2)
    post(INTERVIEW - 24 * HOUR)

    interviews.update(interview=interview, at=INTERVIEW - 20 * HOUR, scheduled_at=later)
    assert planned() == [(24, later - 24 * HOUR)]
    interviews.update(interview=interview, at=INTERVIEW - 19 * HOUR, scheduled_at=INTERVIEW)

    assert planned() == []
    assert post(later) == []
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("status", ["cancelled", "completed", "no_show", "rescheduled"])
def test_goes_when_the_interview_is_not_to_come_and_comes_back_with_it(interview, post, status):
    interviews.update(interview=interview, at=AT, status=status)
    assert planned() == []

    interviews.update(interview=interview, at=AT, status="scheduled")
    assert planned() == [(24, INTERVIEW - 24 * HOUR)]
    assert len(post(INTERVIEW - HOUR)) == 1


def test_goes_with_the_interview_the_application_and_the_company(ada, post):
    for delete in ("interview", "application", "company"):
        company = CompanyFactory(owner=ada)
        application = ApplicationFactory(owner=ada, company=company)
        interview = interviews.create(
            owner_id=application.owner_id, application_id=application.pk, scheduled_at=INTERVIEW, at=AT
        )
        match delete:
            case "interview":
                interviews.delete(interview=interview, at=AT)
            case "application":
                applications.delete(application=application, at=AT)
            case "company":
                companies.delete(company=company, at=AT)

    assert planned() == []
    assert post(INTERVIEW) == []


def test_an_interview_within_the_window_is_reminded_of_at_once(application, post):
    interviews.create(owner_id=application.owner_id, application_id=application.pk, scheduled_at=AT + 3 * HOUR, at=AT)

    (message,) = post(AT)

    assert message.subject == "Interview Today: Google - Senior Software Engineer"


@pytest.mark.parametrize("fields", [{"scheduled_at": AT - HOUR}, {"scheduled_at": INTERVIEW, "status": "completed"}])
def test_an_interview_that_is_over_is_not_reminded_of(application, fields):
    interviews.create(owner_id=application.owner_id, application_id=application.pk, at=AT, **fields)

    assert planned() == []


def test_other_changes_of_an_interview_leave_it_alone(interview, queries):
    row = Notification.objects.get()

    with queries() as asked:
        interviews.update(interview=interview, at=AT, preparation_notes="Read about their products")

    assert Notification.objects.get().pk == row.pk
    assert not [q for q in asked.captured_queries if "notifications_" in q["sql"]]


def test_planning_one_costs_three_statements_and_one_when_none_is_wished_for(ada, application, queries):
    def cost():
        with queries() as asked:
            interviews.create(
                owner_id=application.owner_id, application_id=application.pk, scheduled_at=INTERVIEW, at=AT
            )
        return len(
            [q for q in asked.captured_queries if "notifications_" in q["sql"] or "notifications.send" in str(q)]
        )

    cost()
    assert cost() <= 3
    preferences.change(owner_id=ada.pk, changes={"interview_reminders": False}, at=AT)
    assert cost() == 1


def test_other_hours_plan_anew_and_an_interview_is_reminded_of_once_for_each(ada, interview, post):
    change = partial(preferences.change, owner_id=ada.pk)
    change(changes={"interview_reminder_hours": 48}, at=AT)
    assert planned() == [(48, INTERVIEW - 48 * HOUR)]

    assert len(post(INTERVIEW - 48 * HOUR)) == 1
    change(changes={"interview_reminder_hours": 2}, at=INTERVIEW - 40 * HOUR)
    assert planned() == [(2, INTERVIEW - 2 * HOUR)]
    # Known already, and its time is over: nothing more comes at once.
    change(changes={"interview_reminder_hours": 72}, at=INTERVIEW - 40 * HOUR)
    assert planned() == []
    change(changes={"interview_reminder_hours": 48}, at=INTERVIEW - 40 * HOUR)
    assert planned() == []
    assert post(INTERVIEW) == []


def test_one_that_only_moves_in_time_stays_the_same_row(ada, interview, post):
    row = Notification.objects.get()
    preferences.change(owner_id=ada.pk, changes={"interview_reminder_hours": 48}, at=AT + HOUR)
    preferences.change(owner_id=ada.pk, changes={"quiet_hours_start": time(13), "quiet_hours_end": time(15)}, at=AT)
    interviews.update(interview=interview, at=AT, scheduled_at=INTERVIEW + HOUR)
    later = INTERVIEW + timedelta(days=1)
    interviews.update(interview=interview, at=AT, scheduled_at=later)

    (moved,) = Notification.objects.all()
    assert (moved.pk, moved.created_at, moved.interview_at) == (row.pk, row.created_at, later)
    assert planned() == [(48, later - 47 * HOUR)]
    assert post(later - 48 * HOUR) == []
    assert len(post(later - 47 * HOUR)) == 1
    assert post(later) == []


def test_one_that_moves_while_it_is_about_to_be_sent_waits_for_its_new_time(interview, post, monkeypatch):
    later = INTERVIEW + timedelta(days=2)
    decided = sending._reason_to_skip

    def moved_meanwhile(notification, **known):
        monkeypatch.setattr(sending, "_reason_to_skip", decided)
        answer = decided(notification, **known)
        interviews.update(interview=interview, at=INTERVIEW - 24 * HOUR, scheduled_at=later)
        return answer

    monkeypatch.setattr(sending, "_reason_to_skip", moved_meanwhile)

    assert post(INTERVIEW - 24 * HOUR) == []
    assert planned() == [(24, later - 24 * HOUR)]
    assert len(post(later - 24 * HOUR)) == 1


def test_one_that_is_being_sent_stands_and_another_one_is_planned_for_the_new_time(interview, post):
    later = INTERVIEW + timedelta(days=2)
    at = INTERVIEW - 24 * HOUR
    letter = sending.claim(notification_id=Notification.objects.get().pk, at=at)
    interviews.update(interview=interview, at=at, scheduled_at=later)
    sending.mark_sent(letter=letter, at=at)

    assert list(Notification.objects.order_by("pk").values_list("status", "interview_at")) == [
        ("sent", INTERVIEW),
        ("pending", later),
    ]


def test_switched_off_none_comes_and_on_again_it_does(ada, interview, post):
    preferences.change(owner_id=ada.pk, changes={"interview_reminders": False}, at=AT)
    assert planned() == []
    assert post(INTERVIEW - HOUR) == []

    preferences.change(owner_id=ada.pk, changes={"interview_reminders": True}, at=AT)
    assert len(post(INTERVIEW - HOUR)) == 1


def test_one_that_falls_in_the_quiet_hours_waits_until_they_end(ada, application, post):
    ada.timezone = "Europe/Berlin"
    ada.save()
    Preferences.objects.create(owner=ada, quiet_hours_start=time(22), quiet_hours_end=time(8))
    # 23:00 in Berlin.
    interviews.create(
        owner_id=application.owner_id,
        application_id=application.pk,
        scheduled_at=datetime(2026, 3, 10, 22, tzinfo=UTC),
        at=AT,
    )

    assert planned() == [(24, datetime(2026, 3, 10, 7, tzinfo=UTC))]
    assert post(datetime(2026, 3, 10, 6, 59, tzinfo=UTC)) == []
    (message,) = post(datetime(2026, 3, 10, 7, tzinfo=UTC))
    assert message.subject.startswith("Interview Today: ")


def test_quiet_hours_that_were_chosen_after_it_was_planned_count_too(ada, application, post):
    interviews.create(owner_id=application.owner_id, application_id=application.pk, scheduled_at=AT + 30 * HOUR, at=AT)
    due = AT + 6 * HOUR

    preferences.change(owner_id=ada.pk, changes={"quiet_hours_start": time(14), "quiet_hours_end": time(18)}, at=AT)

    assert planned() == [(24, due + 3 * HOUR)]
    assert post(due) == []
    assert len(post(due + 3 * HOUR)) == 1


def test_a_late_worker_keeps_the_quiet_hours(ada, interview, post):
    Preferences.objects.create(owner=ada, quiet_hours_start=time(20), quiet_hours_end=time(6))
    night = datetime(2026, 3, 9, 23, tzinfo=UTC)

    assert post(night) == []
    assert planned() == [(24, datetime(2026, 3, 10, 6, tzinfo=UTC))]
    (message,) = post(datetime(2026, 3, 10, 6, tzinfo=UTC))
    assert message.subject.startswith("Interview Today: ")


def test_a_worker_that_is_far_too_late_sends_nothing_and_says_so(interview, post):
    assert post(INTERVIEW + HOUR) == []

    row = Notification.objects.get()
    assert (row.status, row.error, row.sent_at) == ("skipped", "The interview has begun.", None)


def test_names_with_line_breaks_and_endless_names_make_one_line(ada, post):
    application = ApplicationFactory(
        owner=ada, company=CompanyFactory(owner=ada, name="A\r\nBcc: ben@example.org"), job_title="x" * 255
    )
    interviews.create(owner_id=application.owner_id, application_id=application.pk, scheduled_at=INTERVIEW, at=AT)

    (message,) = post(INTERVIEW - HOUR)

    assert message.subject.startswith("Interview Today: A Bcc: ben@example.org - xxx")
    assert len(message.subject) == 200
    assert message.recipients() == ["ada@example.org"]


def test_many_interviews_are_planned_anew_with_a_handful_of_statements_besides_their_jobs(ada, application, queries):
    for number in range(20):
        interviews.create(
            owner_id=application.owner_id, application_id=application.pk, scheduled_at=INTERVIEW + number * HOUR, at=AT
        )

    with queries() as asked:
        preferences.change(owner_id=ada.pk, changes={"interview_reminder_hours": 3}, at=AT)

    assert len(planned()) == 20
    assert len([q for q in asked.captured_queries if "jobs_job" not in q["sql"]]) <= 16


def test_of_many_who_plan_at_once_one_makes_the_row(ada, application, together):
    interview = interviews.create(
        owner_id=application.owner_id,
        application_id=application.pk,
        scheduled_at=timezone.now() + 48 * HOUR,
        at=timezone.now(),
    )

    answers = together(10, lambda _: reminders.plan_anew(owner_id=ada.pk, at=timezone.now()))

    assert answers == [None] * 10
    assert Notification.objects.filter(interview_id=interview.pk).count() == 1
