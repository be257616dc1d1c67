"""Sending a notification once: whoever claims it sends it, and says afterwards how that went."""

import traceback
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from onward.domain.interviews.choices import InterviewStatus
from onward.domain.notifications import subjects
from onward.domain.notifications.choices import SENT_AGAIN, SWITCHES, NotificationStatus, NotificationType
from onward.domain.notifications.models import Notification
from onward.domain.notifications.queries import wishes_of
from onward.domain.notifications.services import planning
from onward.domain.notifications.wishes import Wishes

MOST_ATTEMPTS = 8
# Longer than any mail server is waited for: after it, whoever claimed a mail is believed to be dead.
CLAIM = timedelta(minutes=5)
# All attempts together take some ten hours.
GIVEN_UP = timedelta(hours=24)
ERROR_LENGTH = 4000
UNKNOWN = "Its worker died while the mail server took it: it may have arrived, so it is not sent again."
UNVERIFIED = "The address was not verified in time."


@dataclass(frozen=True)
class Letter:
    """A notification that is the holder's to send. :ivar notification: with its owner and what it is about"""

    notification: Notification
    wishes: Wishes


@transaction.atomic
def claim(*, notification_id: int, at: datetime) -> Letter | None:
    """Take a notification whose time has come. Of many who try at once exactly one succeeds; the database counts.

    :returns: none when it is not to be sent, or not now, or another one is at it
    """
    found = (
        Notification.objects.select_related(
            "owner", "application__company", "interview__application__company", "reminder__application__company"
        )
        .filter(pk=notification_id, status__in=[NotificationStatus.PENDING, NotificationStatus.FAILED], due_at__lte=at)
        .first()
    )
    if found is None:
        return None
    if found.claimed_until is not None and found.claimed_until > at:
        # Should whoever sends it be dead, somebody has to look again.
        planning.enqueue_sending(notification_id=found.pk, due=found.claimed_until)
        return None
    wishes = wishes_of(owner_id=found.owner_id)
    mine = Notification.objects.filter(
        pk=found.pk,
        status=found.status,
        attempts=found.attempts,
        claimed_until=found.claimed_until,
        # A reminder that moves in time stays the same row.
        interview_at=found.interview_at,
        remind_at=found.remind_at,
        due_at=found.due_at,
    )
    if problem := _perhaps_sent(found) or _reason_to_skip(found, wishes=wishes, at=at):
        mine.update(status=NotificationStatus.SKIPPED, error=problem, claimed_until=None)
        return None
    if not found.owner.is_email_verified:
        # What others write about their jobs shall not reach somebody who never asked for an account here.
        mine.update(status=NotificationStatus.PENDING, held_since=found.held_since or at, claimed_until=None)
        return None
    due = _due_again(found, wishes=wishes, at=at)
    if due > at:
        if mine.update(due_at=due):
            planning.enqueue_sending(notification_id=found.pk, due=due)
        return None
    found.subject = _subject(found, wishes=wishes, at=at)
    found.claimed_until = at + CLAIM
    claimed = mine.update(
        claimed_until=found.claimed_until,
        attempts=F("attempts") + 1,
        subject=found.subject,
        held_since=None,
        sent_at=None,
    )
    if not claimed:
        return None
    found.attempts += 1
    return Letter(found, wishes)


def hand_over(*, letter: Letter, at: datetime) -> None:
    """Record that the mail server is about to take a mail: from now on nobody can say that it was not sent."""
    _claimed(letter).update(sent_at=at)


def mark_sent(*, letter: Letter, at: datetime) -> None:
    """Record that a mail is on its way."""
    _claimed(letter).update(status=NotificationStatus.SENT, sent_at=at, claimed_until=None, error="")


def skip(*, letter: Letter, problem: str) -> None:
    """Record that there was nothing worth sending."""
    _claimed(letter).update(status=NotificationStatus.SKIPPED, claimed_until=None, error=problem)


def release(*, letter: Letter, problem: Exception) -> None:
    """Release a mail that could not be sent: it waits for the next attempt, or has failed after the last."""
    text = "".join(traceback.format_exception_only(problem)).replace("\0", "").encode("utf-8", "replace").decode()
    last = letter.notification.attempts >= MOST_ATTEMPTS
    _claimed(letter).update(
        status=NotificationStatus.FAILED if last else NotificationStatus.PENDING,
        claimed_until=None,
        sent_at=None,
        error=text[-ERROR_LENGTH:],
    )


@transaction.atomic
def release_held(*, at: datetime, owner_id: int | None = None) -> int:
    """Send what waited for its owner to verify their address, now that they have; returns how many those are.

    :param owner_id: whose; everybody's, where nobody is named
    """
    rows = Notification.objects.filter(held_since__isnull=False, owner__is_email_verified=True)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    verified = list(planning.waiting(rows, at=at).values_list("pk", flat=True))
    if verified:
        Notification.objects.filter(pk__in=verified).update(held_since=None, due_at=at)
    for pk in verified:
        planning.enqueue_sending(notification_id=pk, due=at)
    return len(verified)


def give_up(*, at: datetime) -> int:
    """Call failed what has been due for a day: whoever was to send it died at the last attempt.

    What has waited for a verified address for a day is skipped, unless its interview is still to come.
    """
    since = at - GIVEN_UP
    lost = planning.waiting(Notification.objects.filter(held_since=None, due_at__lt=since), at=at)
    held = planning.waiting(Notification.objects.filter(held_since__lt=since).exclude(interview_at__gt=at), at=at)
    # Asked before anything is written: on SQLite even an update that finds nothing keeps writers waiting.
    count = lost.update(status=NotificationStatus.FAILED, claimed_until=None) if lost.exists() else 0
    if held.exists():
        count += held.update(status=NotificationStatus.SKIPPED, error=UNVERIFIED)
    return count


def _claimed(letter: Letter) -> QuerySet[Notification]:
    return Notification.objects.filter(pk=letter.notification.pk, claimed_until=letter.notification.claimed_until)


def _due_again(notification: Notification, *, wishes: Wishes, at: datetime) -> datetime:
    due = wishes.after_quiet_hours(at)
    interview = notification.interview
    if interview is not None and due >= interview.scheduled_at and wishes.after_quiet_hours(notification.due_at) < due:
        # Planned for before the quiet hours, because it would be of no use after them; it is only late.
        return at
    return due


def _perhaps_sent(notification: Notification) -> str:
    """Return why a notification that may have been sent is not sent again; empty when it is, or cannot have been.

    Who was about to send it has not said what became of that, and is believed to be dead by now.
    """
    died = notification.claimed_until is not None and notification.sent_at is not None
    return UNKNOWN if died and notification.notification_type not in SENT_AGAIN else ""


def _reason_to_skip(notification: Notification, *, wishes: Wishes, at: datetime) -> str:
    """Return why a notification is not to be sent; empty when it is."""
    owner = notification.owner
    if not owner.is_active:
        return "The account is disabled."
    switch = SWITCHES.get(NotificationType(notification.notification_type))
    if switch and not getattr(wishes, switch):
        return "Such mails are switched off."
    if not wishes.email_enabled:
        return "All mails are switched off."
    application, interview = notification.application, notification.interview
    if application is not None and application.status == notification.details.get("before"):
        return "The application is where it was."
    reminder = notification.reminder
    if reminder is not None and (reminder.completed_at is not None or reminder.remind_at != notification.remind_at):
        return "There is nothing to be reminded of any more, or not then."
    if interview is not None:
        if interview.status != InterviewStatus.SCHEDULED or interview.scheduled_at != notification.interview_at:
            return "The interview is not scheduled for then any more."
        if interview.scheduled_at <= at:
            return "The interview has begun."
    return ""


def _subject(notification: Notification, *, wishes: Wishes, at: datetime) -> str:
    interview, application = notification.interview, notification.application
    if interview is not None:
        return subjects.reminder(
            company=interview.application.company.name,
            job_title=interview.application.job_title,
            interview_at=interview.scheduled_at,
            due=at,
            zone=wishes.zone,
        )
    if notification.reminder is not None:
        return subjects.due(title=notification.reminder.title)
    if application is not None:
        return subjects.move(
            company=application.company.name, job_title=application.job_title, status=application.status
        )
    return notification.subject
