"""Writing reminders. What mails follow from them is the notifications' business."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.applications import queries as applications
from onward.domain.applications.services.locking import lock_applications
from onward.domain.reminders.events import ReminderChanged, ReminderCompleted, ReminderCreated, ReminderDeleted
from onward.domain.reminders.models import Reminder
from onward.platform.bin.services import discard
from onward.platform.events import publish
from onward.platform.record import append, change, fields_of, locked, save
from onward.platform.refusals import Conflict

FIELDS = fields_of(Reminder)


@transaction.atomic
def create(
    *,
    owner_id: int,
    title: str,
    remind_at: datetime,
    at: datetime,
    application_id: int | None = None,
    **fields: Any,
) -> Reminder:
    """Take something that somebody wants to be reminded of into their record.

    :param application_id: of the application that it is about
    :raises Invalid: when the application is not the owner's
    """
    lock_applications(application_id)
    _check_application(owner_id, application_id)
    values = {
        "owner_id": owner_id,
        "title": title,
        "remind_at": remind_at,
        "application_id": application_id,
        "uid": uuid.uuid4(),
        **fields,
    }
    pk = append(Reminder, created_at=at, updated_at=at, **values)
    reminder = Reminder(pk=pk, created_at=at, updated_at=at, **values)
    publish(ReminderCreated(at=at, **_about(reminder)))
    return reminder


@transaction.atomic
def update(*, reminder: Reminder, at: datetime, **changes: Any) -> Reminder:
    """Change a reminder. What is not named stays as it is; what is named and the same is no change.

    A ``completed_at`` says that it is done; one that is done already stays done since then. None opens it again.

    :raises Invalid: when the application that it is to be about is not the owner's
    """
    lock_applications(reminder.application_id, changes.get("application_id"))
    reminder = locked(reminder)
    before = reminder.completed_at
    if before is not None and changes.get("completed_at") is not None:
        del changes["completed_at"]
    changed = change(reminder, FIELDS, changes)
    if not changed:
        return reminder
    if "application_id" in changed:
        _check_application(reminder.owner_id, changes["application_id"])
    save(reminder, changed, at=at)
    done = before is None and reminder.completed_at is not None
    others = [field for field in changed if not (done and field == "completed_at")]
    if others:
        publish(ReminderChanged(at=at, changed=others, **_about(reminder)))
    if done:
        publish(ReminderCompleted(at=at, **_about(reminder)))
    return reminder


@transaction.atomic
def complete(*, reminder: Reminder, at: datetime) -> None:
    """Mark a reminder as done. Of many who say so at once exactly one succeeds.

    :raises Missing: when it is gone by now
    :raises Conflict: when somebody has said so before
    """
    lock_applications(reminder.application_id)
    reminder = locked(reminder)
    if reminder.completed_at is not None:
        raise Conflict("Reminder already completed")
    reminder.completed_at = reminder.updated_at = at
    reminder.save(update_fields=["completed_at", "updated_at"])
    publish(ReminderCompleted(at=at, **_about(reminder)))


@transaction.atomic
def delete(*, reminder: Reminder, at: datetime) -> int:
    """Remove a reminder, and the mails that are about it. :returns: the number under which it is in the bin"""
    lock_applications(reminder.application_id)
    reminder = locked(reminder)
    event = ReminderDeleted(at=at, **_about(reminder))
    kept = discard(reminder, owner_id=reminder.owner_id, title=reminder.title, at=at)
    publish(event)
    return kept


def _check_application(owner_id: int, application_id: int | None) -> None:
    if application_id is not None:
        applications.referred_to(owner_id=owner_id, pk=application_id)


def _about(reminder: Reminder) -> dict[str, Any]:
    return {
        "owner_id": reminder.owner_id,
        "reminder_id": reminder.pk,
        "title": reminder.title,
        "remind_at": reminder.remind_at,
        "application_id": reminder.application_id,
        "is_open": reminder.completed_at is None,
    }
