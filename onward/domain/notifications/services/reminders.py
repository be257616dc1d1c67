"""Reminders of interviews: one for each interview, its time and the hours ahead that somebody wishes for."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from onward.domain.interviews.models import Interview
from onward.domain.notifications import queries, subjects
from onward.domain.notifications.choices import NotificationStatus, NotificationType
from onward.domain.notifications.models import Notification
from onward.domain.notifications.services import planning
from onward.domain.notifications.wishes import Wishes
from onward.platform.record import append


def plan(
    *, owner_id: int, interview_id: int, company: str, job_title: str, scheduled_at: datetime, at: datetime
) -> None:
    """Plan the reminder of a new interview, in the transaction that makes it."""
    if scheduled_at <= at:
        return
    wishes = queries.wishes_about_an_interview(owner_id=owner_id, interview_id=interview_id)
    if wishes is None or not wishes.interview_reminders:
        return
    due = wishes.reminder_due(interview_at=scheduled_at, at=at)
    # Nobody else can have planned it: the interview is not to be seen yet.
    pk: int = append(
        Notification,
        owner_id=owner_id,
        notification_type=NotificationType.INTERVIEW_REMINDER,
        subject=subjects.reminder(
            company=company, job_title=job_title, interview_at=scheduled_at, due=due, zone=wishes.zone
        ),
        interview_id=interview_id,
        hours=wishes.interview_reminder_hours,
        interview_at=scheduled_at,
        due_at=due,
        created_at=at,
    )
    planning.enqueue_sending(notification_id=pk, due=due)


def drop(*, interview_id: int, at: datetime) -> None:
    """Drop the reminder of an interview that will not take place, or not then."""
    planning.waiting(Notification.objects.filter(interview_id=interview_id), at=at).delete()


def move(*, owner_id: int, interview_id: int, at: datetime) -> None:
    """Plan the reminder of an interview anew, after it was changed."""
    _plan_anew(
        queries.upcoming_interviews(owner_id=owner_id, at=at).filter(pk=interview_id),
        _reminders(owner_id).filter(interview_id=interview_id),
        wishes=queries.wishes_of(owner_id=owner_id),
        at=at,
    )


def plan_anew(*, owner_id: int, at: datetime) -> None:
    """Plan all reminders of somebody anew, after they have changed their preferences."""
    _plan_anew(
        queries.upcoming_interviews(owner_id=owner_id, at=at),
        _reminders(owner_id),
        wishes=queries.wishes_of(owner_id=owner_id),
        at=at,
    )


def _reminders(owner_id: int) -> QuerySet[Notification]:
    return Notification.objects.filter(owner_id=owner_id, notification_type=NotificationType.INTERVIEW_REMINDER)


@transaction.atomic
def _plan_anew(
    interviews: Iterable[Interview], reminders: QuerySet[Notification], *, wishes: Wishes, at: datetime
) -> None:
    """Bring the reminders that wait in line with the interviews that are to come.

    One that only moves in time stays the same row: somebody may be looking at it.
    """
    # Locked, so that nobody begins to send one while it moves.
    waiting = {row.pk: row for row in planning.waiting(reminders, at=at).select_for_update().order_by("pk")}
    by_interview = {row.interview_id: row for row in waiting.values()}
    made, moved, kept = [], [], set()
    for wanted in _wanted(interviews, reminders.exclude(pk__in=waiting), wishes=wishes, at=at):
        row = by_interview.get(wanted.interview_id)
        if row is None:
            made.append(wanted)
            continue
        kept.add(row.pk)
        if any(getattr(row, field) != getattr(wanted, field) for field in _MOVES):
            for field in _MOVES:
                setattr(row, field, getattr(wanted, field))
            moved.append(row)
    reminders.filter(pk__in=waiting.keys() - kept).delete()
    Notification.objects.bulk_update(moved, _MOVES, batch_size=100)
    # Another one may plan the same at this moment: the database keeps one row.
    Notification.objects.bulk_create(made, ignore_conflicts=True, batch_size=200)
    new = planning.waiting(reminders, at=at).filter(interview_id__in=[row.interview_id for row in made])
    for pk, due in [*((row.pk, row.due_at) for row in moved), *(new.values_list("pk", "due_at") if made else ())]:
        planning.enqueue_sending(notification_id=pk, due=due)


# What changes of a reminder that moves in time.
_MOVES = ("hours", "interview_at", "due_at", "subject")


def _wanted(
    interviews: Iterable[Interview], settled: QuerySet[Notification], *, wishes: Wishes, at: datetime
) -> Iterator[Notification]:
    """Return the reminders that are to come, as new rows.

    :param settled: those that have been sent or are being sent, or of which it is clear that they will not be
    """
    if not wishes.interview_reminders:
        return
    said = list(settled.filter(interview_at__gt=at).values_list("interview_id", "interview_at", "hours", "status"))
    done = {(interview_id, interview_at, hours) for interview_id, interview_at, hours, _ in said}
    known = {(pk, interview_at) for pk, interview_at, _, status in said if status == NotificationStatus.SENT}
    for interview in interviews:
        due = wishes.reminder_due(interview_at=interview.scheduled_at, at=at)
        if (interview.pk, interview.scheduled_at, wishes.interview_reminder_hours) in done:
            continue
        if due <= at and (interview.pk, interview.scheduled_at) in known:
            # More hours ahead are wished for than are left, and the person knows already.
            continue
        yield Notification(
            owner_id=interview.owner_id,
            notification_type=NotificationType.INTERVIEW_REMINDER,
            subject=subjects.reminder(
                company=interview.application.company.name,
                job_title=interview.application.job_title,
                interview_at=interview.scheduled_at,
                due=due,
                zone=wishes.zone,
            ),
            interview_id=interview.pk,
            hours=wishes.interview_reminder_hours,
            interview_at=interview.scheduled_at,
            due_at=due,
            created_at=at,
        )
