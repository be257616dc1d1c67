"""Rows of mails to come, each with the job that looks at it when its time has come."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from onward.domain.notifications import queries, subjects
from onward.domain.notifications.choices import NotificationStatus, NotificationType
from onward.domain.notifications.models import Notification
from onward.platform.jobs import enqueue
from onward.platform.record import append


def waiting(rows: QuerySet[Notification], *, at: datetime) -> QuerySet[Notification]:
    """Return those that wait to be sent and that nobody is sending at this moment."""
    return rows.filter(Q(claimed_until__isnull=True) | Q(claimed_until__lt=at), status=NotificationStatus.PENDING)


def enqueue_sending(*, notification_id: int, due: datetime) -> None:
    """Ask for a job that looks at a notification when it is due; asked twice, it is looked at twice and sent once."""
    enqueue("notifications.send", run_at=due, notification_id=notification_id)


@transaction.atomic
def notify(*, owner_id: int, subject: str, text: str, at: datetime) -> int:
    """Send somebody a mail of any other kind: a custom notification, after the quiet hours.

    :param text: plain text; empty lines part its paragraphs
    :returns: the id of the notification
    """
    due = queries.wishes_of(owner_id=owner_id).after_quiet_hours(at)
    pk: int = append(
        Notification,
        owner_id=owner_id,
        notification_type=NotificationType.CUSTOM,
        subject=subjects.line(subject),
        details={"text": text},
        due_at=due,
        created_at=at,
    )
    enqueue_sending(notification_id=pk, due=due)
    return pk
