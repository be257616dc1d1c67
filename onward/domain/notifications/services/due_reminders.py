"""Reminders that people make: one mail for each of them and its time, when that has come.

Who drops or moves one locks the reminder's own row, so that nobody plans the same at once.
"""

from datetime import datetime

from django.db import transaction

from onward.domain.notifications import queries, subjects
from onward.domain.notifications.choices import NotificationType
from onward.domain.notifications.models import Notification
from onward.domain.notifications.services import planning
from onward.platform.record import append


def plan(*, owner_id: int, reminder_id: int, title: str, remind_at: datetime, at: datetime) -> None:
    """Plan the mail of a reminder; none for a time that is over already."""
    if remind_at <= at:
        return
    due = queries.wishes_of(owner_id=owner_id).after_quiet_hours(remind_at)
    pk: int = append(
        Notification,
        owner_id=owner_id,
        notification_type=NotificationType.CUSTOM,
        subject=subjects.due(title=title),
        reminder_id=reminder_id,
        remind_at=remind_at,
        due_at=due,
        created_at=at,
    )
    planning.enqueue_sending(notification_id=pk, due=due)


def drop(*, reminder_id: int, at: datetime) -> None:
    """Drop the mail of a reminder that is done."""
    planning.waiting(Notification.objects.filter(reminder_id=reminder_id), at=at).delete()


def move(*, owner_id: int, reminder_id: int, title: str, remind_at: datetime, at: datetime) -> None:
    """Bring the mail in line with its reminder. One that only moves stays the same row: somebody may look at it."""
    mine = Notification.objects.filter(reminder_id=reminder_id)
    # Locked, so that nobody begins to send it while it moves.
    row = planning.waiting(mine, at=at).select_for_update().first()
    if row is not None and row.remind_at == remind_at:
        row.subject = subjects.due(title=title)
        row.save(update_fields=["subject"])
    elif remind_at <= at or mine.filter(remind_at=remind_at).exists():
        # Over, or told already.
        drop(reminder_id=reminder_id, at=at)
    elif row is None:
        plan(owner_id=owner_id, reminder_id=reminder_id, title=title, remind_at=remind_at, at=at)
    else:
        row.subject, row.remind_at = subjects.due(title=title), remind_at
        row.due_at = queries.wishes_of(owner_id=owner_id).after_quiet_hours(remind_at)
        # Whether it has to wait for a verified address is asked again then.
        row.held_since = None
        row.save(update_fields=["subject", "remind_at", "due_at", "held_since"])
        planning.enqueue_sending(notification_id=row.pk, due=row.due_at)


@transaction.atomic
def plan_anew(*, owner_id: int, at: datetime) -> None:
    """Move the mails that wait to somebody's present quiet hours."""
    wishes = queries.wishes_of(owner_id=owner_id)
    rows = Notification.objects.filter(owner_id=owner_id, reminder__isnull=False, held_since=None)
    for row in planning.waiting(rows, at=at).select_for_update(of=("self",)).order_by("pk"):
        assert row.remind_at is not None
        due = wishes.after_quiet_hours(max(row.remind_at, at))
        if row.due_at != due:
            row.due_at = due
            row.save(update_fields=["due_at"])
            planning.enqueue_sending(notification_id=row.pk, due=due)
