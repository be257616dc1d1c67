"""Reminders of interviews: one for each interview, its time and the hours ahead that somebody wishes for."""

from collections.abc import Iterable
from datetime import datetime

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
    due = wishes.reminded(interview_at=scheduled_at, at=at)
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
    planning.look_at(notification_id=pk, due=due)


def drop(*, interview_id: int, at: datetime) -> None:
    """Give up the reminder of an interview that will not take place, or not then."""
    planning.waiting(at=at).filter(interview_id=interview_id).delete()


def move(*, owner_id: int, interview_id: int, at: datetime) -> None:
    """Plan the reminder of an interview anew, after it was changed."""
    drop(interview_id=interview_id, at=at)
    _plan_all(
        queries.upcoming_interviews(owner_id=owner_id, at=at).filter(pk=interview_id),
        owner_id=owner_id,
        wishes=queries.wishes_of(owner_id=owner_id),
        at=at,
    )


def plan_anew(*, owner_id: int, at: datetime) -> None:
    """Plan all reminders of somebody anew, after they have changed their preferences."""
    planning.waiting(at=at).filter(owner_id=owner_id, notification_type=NotificationType.INTERVIEW_REMINDER).delete()
    _plan_all(
        queries.upcoming_interviews(owner_id=owner_id, at=at),
        owner_id=owner_id,
        wishes=queries.wishes_of(owner_id=owner_id),
        at=at,
    )


def _plan_all(interviews: Iterable[Interview], *, owner_id: int, wishes: Wishes, at: datetime) -> None:
    if not wishes.interview_reminders:
        return
    mine = Notification.objects.filter(
        owner_id=owner_id, notification_type=NotificationType.INTERVIEW_REMINDER, interview_at__gt=at
    )
    reminded = set(mine.filter(status=NotificationStatus.SENT).values_list("interview_id", "interview_at"))
    rows = []
    for interview in interviews:
        due = wishes.reminded(interview_at=interview.scheduled_at, at=at)
        if due <= at and (interview.pk, interview.scheduled_at) in reminded:
            # More hours ahead are wished for than are left, and the person knows already.
            continue
        subject = subjects.reminder(
            company=interview.application.company.name,
            job_title=interview.application.job_title,
            interview_at=interview.scheduled_at,
            due=due,
            zone=wishes.zone,
        )
        rows.append(
            Notification(
                owner_id=owner_id,
                notification_type=NotificationType.INTERVIEW_REMINDER,
                subject=subject,
                interview_id=interview.pk,
                hours=wishes.interview_reminder_hours,
                interview_at=interview.scheduled_at,
                due_at=due,
                created_at=at,
            )
        )
    # One that has been sent, or is being sent, stands in the way of a second one.
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)
    planned = {row.interview_id for row in rows}
    for pk, interview_id, due in (
        planning.waiting(at=at).filter(pk__in=mine).values_list("pk", "interview_id", "due_at")
    ):
        if interview_id in planned:
            planning.look_at(notification_id=pk, due=due)
