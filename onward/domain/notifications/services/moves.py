"""Mails about applications that have moved from one status to another."""

from datetime import datetime, timedelta

from onward.domain.notifications import queries, subjects
from onward.domain.notifications.choices import NotificationStatus, NotificationType
from onward.domain.notifications.models import Notification
from onward.domain.notifications.services import planning
from onward.platform.record import append

# Several moves within it make one mail; and a slip that is put right makes none.
PATIENCE = timedelta(minutes=2)


def tell(
    *, owner_id: int, application_id: int, company: str, job_title: str, before: str, after: str, at: datetime
) -> None:
    """Plan the mail about a move, in the transaction that makes it."""
    wishes, known = queries.wishes_about_a_move(owner_id=owner_id, application_id=application_id)
    if not wishes.application_updates:
        return
    subject = subjects.move(company=company, job_title=job_title, status=after)
    if known is not None and _goes_into(known, subject=subject, after=after):
        return
    due = wishes.heard(at + PATIENCE)
    pk: int = append(
        Notification,
        owner_id=owner_id,
        notification_type=NotificationType.APPLICATION_STATUS,
        subject=subject,
        application_id=application_id,
        details={"before": str(before), "after": str(after)},
        due_at=due,
        created_at=at,
    )
    planning.look_at(notification_id=pk, due=due)


def _goes_into(known: int, *, subject: str, after: str) -> bool:
    """Take a move into the mail that waits; False when that was sent meanwhile.

    The application is held by whoever moves it, so two moves never meet here.
    """
    still = Notification.objects.filter(pk=known, status=NotificationStatus.PENDING, claimed_until__isnull=True)
    details = still.values_list("details", flat=True).first()
    if details is None:
        return False
    if details.get("before") == after:
        return bool(still.delete()[0])
    return bool(still.update(subject=subject, details={**details, "after": str(after)}))
