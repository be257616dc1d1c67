"""Reminders as the offers document shows them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from onward.apis.offers.lenses import REMINDER_TYPE, TEXT
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
