"""Mails about applications that have moved from one status to another."""

from datetime import datetime, timedelta

from onward.domain.notifications import queries, subjects
from onward.domain.notifications.choices import NotificationType
from onward.domain.notifications.models import Notification
from onward.domain.notifications.services import planning
from onward.platform.record import append

# Several moves within it make one mail; and a slip that is put right makes none.
PATIENCE = timedelta(minutes=2)
# What is due within it may be on its way already.
MARGIN = timedelta(seconds=5)


def tell(*, owner_id: int, application_id: int, company: str, job_title: str, before: str, at: datetime) -> None:
    """Plan the mail about a move, in the transaction that makes it.

    Where the application has moved to, the mail finds out when it is sent: a further move until then costs nothing.
    """
    wishes = queries.wishes_about_a_move(owner_id=owner_id, application_id=application_id, soon=at + MARGIN)
    if wishes is None or not wishes.application_updates:
        return
    due = wishes.after_quiet_hours(at + PATIENCE)
    pk: int = append(
        Notification,
        owner_id=owner_id,
        notification_type=NotificationType.APPLICATION_STATUS,
        subject=subjects.move(company=company, job_title=job_title),
        application_id=application_id,
        details={"before": str(before)},
        due_at=due,
        created_at=at,
    )
    planning.enqueue_sending(notification_id=pk, due=due)
