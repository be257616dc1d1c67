"""Reminders. "Reminders" in the document."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.db import models
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.bodies import sent, takes
from onward.apis.offers.lenses import REMINDER_TYPE
from onward.apis.offers.links import with_application
from onward.apis.offers.lists import Limit, Skip
from onward.apis.offers.own import shown
from onward.apis.offers.schemas.done import Done
from onward.apis.offers.schemas.reminders import (
    ReminderChanges,
    ReminderIn,
    ReminderResponse,
    TypeWord,
    in_the_record,
)
from onward.domain.reminders import queries, services
from onward.domain.reminders.models import Reminder
from onward.platform.wire import EMPTY_IS_NULL, Listing, Reading

router = Router(tags=["Reminders"])

LISTING = Listing(
    ReminderResponse,
    queries.reminders,
    filters={
        # Two filters, because a condition with a value could not be read from the index of what is open.
        "open": lambda _: queries.OPEN,
        "completed": lambda _: ~queries.OPEN,
        "reminder_type": lambda word: models.Q(reminder_type=word),
    },
    values={"open": models.BooleanField(), "completed": models.BooleanField(), "reminder_type": models.TextField()},
    order=("remind_at",),
)
READING = Reading(ReminderResponse, lambda: queries.reminders().filter(uid=queries.UID))


def _shown(request: Request, uid: UUID) -> str:
    return shown(request, READING, Reminder, uid)


@router.get("", response=list[ReminderResponse], summary="List reminders")
def list_reminders(
    request: Request,
    is_completed: Annotated[bool | None, EMPTY_IS_NULL] = None,
    reminder_type: Annotated[TypeWord | None, EMPTY_IS_NULL] = None,
    skip: Skip = 0,
    limit: Limit = 100,
) -> HttpResponse:
    """List one's reminders, by their time."""
    filters: dict[str, object] = {}
    if is_completed is not None:
        filters["completed" if is_completed else "open"] = True
    if reminder_type is not None:
        filters["reminder_type"] = REMINDER_TYPE.read(reminder_type)
    return answer(LISTING.slice(limit=limit, offset=skip, filters=filters, owner_id=request.auth.user_id))


@router.get("upcoming", response=list[ReminderResponse], summary="List what is to be done next")
def upcoming(request: Request, limit: Limit = 10) -> HttpResponse:
    """List the reminders that are not done, the most overdue first."""
    return answer(LISTING.slice(limit=limit, offset=0, filters={"open": True}, owner_id=request.auth.user_id))


@router.post("", response={HTTPStatus.CREATED: ReminderResponse}, summary="Create a reminder")
def create(request: Request, body: ReminderIn) -> HttpResponse:
    """Take a reminder into one's record; when it is due, a mail reminds its owner."""
    at = local_time(request)
    fields = with_application(request, in_the_record(body.model_dump(), at=at))
    reminder = services.create(owner_id=request.auth.user_id, at=at, **fields)
    return answer(_shown(request, reminder.uid), HTTPStatus.CREATED)


@router.get("{uid}", response=ReminderResponse, summary="Get a reminder")
def get_reminder(request: Request, uid: UUID) -> HttpResponse:
    """Read one reminder."""
    return answer(_shown(request, uid))


@router.put("{uid}", response=ReminderResponse, summary="Update a reminder", openapi_extra=takes(ReminderChanges))
def update(request: Request, uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    at = local_time(request)
    given = sent(request, ReminderChanges, shown=_shown(request, uid))
    reminder = queries.reminder(owner_id=request.auth.user_id, uid=uid)
    fields = with_application(request, in_the_record(given, reminder, at=at))
    services.update(reminder=reminder, at=at, **fields)
    return answer(_shown(request, uid))


@router.post("{uid}/complete", response=ReminderResponse, summary="Complete a reminder")
def complete(request: Request, uid: UUID) -> HttpResponse:
    """Say that it is done, once."""
    reminder = queries.reminder(owner_id=request.auth.user_id, uid=uid)
    services.complete(reminder=reminder, at=local_time(request))
    return answer(_shown(request, uid))


@router.delete("{uid}", response=Done, summary="Delete a reminder")
def delete(request: Request, uid: UUID) -> dict[str, str]:
    """Delete a reminder."""
    services.delete(reminder=queries.reminder(owner_id=request.auth.user_id, uid=uid), at=local_time(request))
    return {"detail": "Reminder deleted"}
