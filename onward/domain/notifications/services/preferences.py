"""Which mails somebody wants, and when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from onward.domain.notifications import links
from onward.domain.notifications.choices import SWITCHES, NotificationType
from onward.domain.notifications.events import PreferencesChanged
from onward.domain.notifications.models import Notification, Preferences
from onward.domain.notifications.services import due_reminders, planning, reminders
from onward.platform import record
from onward.platform.events import publish
from onward.platform.record import fields_of, locked
from onward.platform.refusals import Invalid

FIELDS = fields_of(Preferences)
# What decides when reminders come.
_OF_REMINDERS = {"interview_reminders", "interview_reminder_hours", "quiet_hours_start", "quiet_hours_end"}
_QUIET_HOURS = ("quiet_hours_start", "quiet_hours_end")


@transaction.atomic
def change(*, owner_id: int, changes: Mapping[str, Any], at: datetime) -> None:
    """Change what is named and leave the rest; mails that wait follow.

    :raises Invalid: when that leaves quiet hours of no length
    """
    made, _ = Preferences.objects.get_or_create(owner_id=owner_id, defaults={"created_at": at, "updated_at": at})
    row = locked(made)
    changed = tuple(record.change(row, FIELDS, changes))
    if not changed:
        return
    _check_quiet_hours(row)
    record.save(row, changed, at=at)
    publish(PreferencesChanged(owner_id=owner_id, at=at, changed=changed))
    if not _OF_REMINDERS.isdisjoint(changed):
        reminders.plan_anew(owner_id=owner_id, at=at)
    if not set(_QUIET_HOURS).isdisjoint(changed):
        due_reminders.plan_anew(owner_id=owner_id, at=at)
    unwanted = [kind for kind, name in SWITCHES.items() if name in changed and not getattr(row, name)]
    if unwanted:
        rows = Notification.objects.filter(owner_id=owner_id, notification_type__in=unwanted)
        planning.waiting(rows, at=at).delete()


def unsubscribe(*, token: str, at: datetime) -> NotificationType:
    """Switch off the mails that a link belongs to; harmless when they are off already.

    :returns: which mails those are
    :raises Invalid: when the link is not ours
    """
    uid, kind = links.read(token)
    owner_id = get_user_model()._default_manager.filter(uid=uid).values_list("pk", flat=True).first()
    if owner_id is not None:
        change(owner_id=owner_id, changes={SWITCHES[kind]: False}, at=at)
    return kind


def _check_quiet_hours(row: Preferences) -> None:
    """Refuse what could mean no quiet hours as well as a whole quiet day. One end alone waits for the other.

    :raises Invalid: when both ends are the same
    """
    if row.quiet_hours_start is not None and row.quiet_hours_start == row.quiet_hours_end:
        raise Invalid(
            fields={"quiet_hours_end": ["Quiet hours cannot end when they start; send null for both to have none."]}
        )
