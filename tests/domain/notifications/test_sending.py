"""A mail goes out once, whoever tries and whatever fails."""

from datetime import UTC, datetime, timedelta
from functools import partial
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from onward.domain.accounts.models import User
from onward.domain.notifications import tasks
from onward.domain.notifications.models import Notification
from onward.domain.notifications.services import planning, sending
from onward.platform.jobs import run_due
from onward.platform.jobs.models import Job, State
from tests.domain.notifications.post import delivered, html

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def notification(ada):
    pk = planning.notify(owner_id=ada.pk, subject="Your webhook\nis paused", text="Ten in a row.\n\n<Sorry>", at=AT)
    return Notification.objects.get(pk=pk)


@pytest.fixture
def post(monkeypatch):
    return partial(delivered, monkeypatch=monkeypatch)


@pytest.fixture
def no_server(monkeypatch):
    def refuse(self):
        raise SMTPServerDisconnected("no mail server: secret\0")

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)


def test_a_custom_notification_is_sent_as_text_and_as_html(notification, post):
    (message,) = post(AT)

    assert message.subject == "Your webhook is paused"
    assert "<Sorry>" in message.body
    assert "<p>&lt;Sorry&gt;</p>" in html(message)
    assert "List-Unsubscribe" not in message.extra_headers
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_worker_sends_it(notification):
    run_due()

    notification.refresh_from_db()
    assert (notification.status, len(mail.outbox)) == ("sent", 1)


def test_of_many_workers_one_sends_it(ada, together):
    pk = planning.notify(owner_id=ada.pk, subject="x", text="x", at=AT)

    together(12, lambda _: tasks.send(notification_id=pk))

    assert len(mail.outbox) == 1
    assert Notification.objects.get().attempts == 1


def test_without_a_mail_server_it_waits_for_the_next_attempt_and_says_so(notification, no_server, monkeypatch):
    run_due()

    notification.refresh_from_db()
    assert (notification.status, notification.attempts, notification.sent_at) == ("pending", 1, None)
    assert "SMTPServerDisconnected: no mail server" in notification.error
    assert Job.objects.get(kind="notifications.send").state == State.WAITING

    monkeypatch.undo()
    Job.objects.update(run_at=timezone.now())
    run_due()

    notification.refresh_from_db()
    assert (notification.status, notification.attempts, notification.error) == ("sent", 2, "")
    assert len(mail.outbox) == 1


def test_after_the_last_attempt_the_history_says_that_it_failed_and_not_why(as_ada, notification, no_server):
    for _ in range(sending.MOST_ATTEMPTS):
        Job.objects.filter(state=State.WAITING, kind="notifications.send").update(run_at=timezone.now())
        run_due()

    notification.refresh_from_db()
    assert (notification.status, notification.attempts) == ("failed", 8)
    assert Job.objects.get(kind="notifications.send").state == State.DEAD
    answer = as_ada.get("/tracker/api/v1/notifications/history/")
    assert answer.json()["results"][0]["status"] == "failed"
    assert "secret" not in answer.text


def test_a_failed_one_is_sent_when_its_job_is_tried_again_by_hand(notification):
    Notification.objects.update(status="failed", attempts=8)

    run_due()

    notification.refresh_from_db()
    assert notification.status == "sent"


def test_the_mail_of_a_worker_that_died_while_sending_is_sent_by_another_one_later(notification, post):
    letter = sending.claim(notification_id=notification.pk, at=AT)
    assert letter is not None

    assert post(AT + timedelta(minutes=1)) == []
    assert len(post(AT + timedelta(minutes=5))) == 1
    # What the dead one had to say does not count any more.
    sending.release(letter=letter, problem=ValueError())
    sending.mark_sent(letter=letter, at=AT)
    notification.refresh_from_db()
    assert (notification.status, notification.sent_at) == ("sent", AT + timedelta(minutes=5))


class Killed(BaseException):
    """The end of a process, as far as a test can have it."""


@pytest.mark.parametrize(
    ("kind", "moment", "mails", "status"),
    [
        # Somebody waits for it, or would miss an interview: rather twice than not at all.
        ("custom", "send", 2, "sent"),
        ("interview_reminder", "send", 2, "sent"),
        # It only tells of something: rather not at all than twice.
        ("application_status", "send", 1, "skipped"),
        ("weekly_summary", "send", 1, "skipped"),
        # Nothing had gone out yet.
        ("application_status", "hand_over", 1, "sent"),
        ("weekly_summary", "hand_over", 1, "sent"),
    ],
)
def test_what_a_killed_worker_may_have_sent_is_sent_again_only_when_it_must_be(
    notification, post, monkeypatch, kind, moment, mails, status
):
    Notification.objects.update(notification_type=kind)
    monkeypatch.setattr(
        "onward.domain.notifications.mails.written", lambda letter, at: EmailMultiAlternatives("x", "x")
    )
    with monkeypatch.context() as dying:

        def die(*arguments, **given):
            if moment == "send":
                mail.outbox.append(arguments[0])
            raise Killed

        dying.setattr(*((EmailMultiAlternatives, "send") if moment == "send" else (sending, "hand_over")), die)
        with pytest.raises(Killed):
            tasks.send(notification_id=notification.pk)
    first = len(mail.outbox)

    later = timezone.now() + sending.CLAIM
    monkeypatch.setattr("onward.domain.notifications.tasks.timezone.now", lambda: later)
    monkeypatch.setattr(EmailMultiAlternatives, "send", lambda message: mail.outbox.append(message))
    tasks.send(notification_id=notification.pk)

    notification.refresh_from_db()
    assert (len(mail.outbox), notification.status) == (mails, status)
    assert first == (moment == "send")
    assert ("may have arrived" in notification.error) is (status == "skipped")


def test_sent_twice_it_would_be_the_same_mail(notification, post):
    (first,) = post(AT)
    Notification.objects.update(status="pending")
    planning.enqueue_sending(notification_id=notification.pk, due=AT)
    (second,) = post(AT)

    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_one_that_is_not_due_yet_is_left_alone(notification, post):
    Notification.objects.update(due_at=AT + timedelta(hours=1))

    assert post(AT) == []
    assert Notification.objects.get().status == "pending"


@pytest.mark.parametrize("state", ["sent", "skipped"])
def test_what_is_settled_is_left_alone(notification, post, state):
    Notification.objects.update(status=state)

    assert post(AT) == []


def test_a_disabled_account_gets_nothing(ada, notification, post):
    User.objects.update(is_active=False)

    assert post(AT) == []
    assert Notification.objects.get().status == "skipped"


def test_a_job_about_nothing_is_done(db):
    tasks.send(notification_id=77)

    assert mail.outbox == []


def test_only_what_has_been_due_for_a_day_is_given_up(notification):
    assert sending.give_up(at=AT + timedelta(hours=23)) == 0
    assert sending.give_up(at=AT + timedelta(hours=25)) == 1
    assert sending.give_up(at=AT + timedelta(hours=25)) == 0
