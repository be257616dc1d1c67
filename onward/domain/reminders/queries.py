"""Reading reminders."""

from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from onward.domain.reminders.models import Reminder
from onward.platform.record import owned
from onward.platform.refusals import Missing
from onward.platform.wire import OWNER, From

OPEN = Q(completed_at__isnull=True)


def reminders() -> QuerySet[Reminder]:
    """Return one person's reminders; the statement takes ``owner_id``."""
    return Reminder.objects.filter(owner_id=OWNER)


def reminder(*, owner_id: int, uid: UUID) -> Reminder:
    """Return one of somebody's reminders.

    :raises Forbidden: when it is another's
    :raises Missing: when there is none of that uid
    """
    return owned(Reminder.objects.all(), owner_id=owner_id, uid=uid, called="reminder")


def _is_completed(at: Any) -> Any:
    return ExpressionWrapper(Q(**{f"{at('completed_at')}__isnull": False}), output_field=BooleanField())


IS_COMPLETED = From(_is_completed)


def numbered(*, owner_id: int, pk: int) -> Reminder:
    """Return one of somebody's reminders by its number.

    :raises Missing: when there is none of that number, or it is another's
    """
    found = Reminder.objects.filter(owner_id=owner_id, pk=pk).first()
    if found is None:
        raise Missing()
    return found
