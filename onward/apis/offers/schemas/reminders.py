"""Reminders as the offers document shows them."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from onward.apis.offers.lenses import REMINDER_TYPE, TEXT
from onward.domain.reminders.models import Reminder
from onward.domain.reminders.queries import IS_COMPLETED
from onward.platform.wire import EMPTY_IS_NULL, Body, From, Instant, OneOf, Text, Wire, empty_is

TypeWord = Annotated[str, OneOf(*REMINDER_TYPE.words)]
Title = Annotated[str, Text(255, shortest=1)]


class ReminderResponse(Wire):
    """Something to be reminded of at a time."""

    id: Annotated[UUID, From("uid")]
    user_id: Annotated[UUID, From("owner__uid")]
    application_id: Annotated[UUID | None, From("application__uid")]
    title: str
    description: Annotated[str | None, From("description", lens=TEXT)]
    remind_at: datetime
    reminder_type: Annotated[TypeWord, From("reminder_type", lens=REMINDER_TYPE)]
    is_completed: Annotated[bool, IS_COMPLETED]
    completed_at: datetime | None
    created_at: datetime
    updated_at: datetime


class ReminderIn(Body):
    """What a client says of a reminder. A time without a zone is one on its owner's clock."""

    title: Title
    remind_at: Instant
    application_id: Annotated[UUID | None, EMPTY_IS_NULL] = None
    description: Annotated[str, Text()] | None = None
    reminder_type: Annotated[TypeWord, empty_is("General")] = "General"


class ReminderChanges(Body):
    """What a client changes about a reminder. Null clears a field that can be empty and leaves the others."""

    title: Title | None = None
    remind_at: Annotated[Instant | None, EMPTY_IS_NULL] = None
    application_id: Annotated[UUID | None, EMPTY_IS_NULL] = None
    description: Annotated[str, Text()] | None = None
    reminder_type: Annotated[TypeWord | None, EMPTY_IS_NULL] = None
    is_completed: Annotated[bool | None, EMPTY_IS_NULL] = None


# A reminder has all of these: null says nothing about them.
ALWAYS = frozenset({"title", "remind_at", "reminder_type", "is_completed"})


def in_the_record(given: dict[str, Any], reminder: Reminder | None = None, *, at: datetime) -> dict[str, Any]:
    """Say what a client has sent in the record's names and words.

    :param reminder: what it changes
    :param at: the time on the owner's clock
    """
    fields = {name: value for name, value in given.items() if value is not None or name not in ALWAYS}
    if "remind_at" in fields and fields["remind_at"].tzinfo is None:
        # A time that the clock skips is as long after the change as it says; of one that comes twice, the first.
        fields["remind_at"] = fields["remind_at"].replace(tzinfo=at.tzinfo).astimezone(UTC)
    if "is_completed" in fields:
        fields["completed_at"] = at if fields.pop("is_completed") else None
    if "reminder_type" in fields:
        stored = reminder.reminder_type if reminder else None
        fields["reminder_type"] = REMINDER_TYPE.read(fields["reminder_type"], stored)
    if "description" in fields:
        fields["description"] = TEXT.read(fields["description"])
    return fields
