"""Reminders. "Reminders" in the document."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, context, local_time
from onward.apis.filters import ByFlag, ByLens
from onward.apis.offers.lenses import REMINDER_TYPE
from onward.apis.offers.resource import Resource
from onward.apis.offers.schemas.reminders import ReminderChanges, ReminderIn, ReminderResponse
from onward.domain.reminders import queries, services
from onward.platform.wire import MAX_INT8, Listing, Whole

router = Router(tags=["Reminders"])

REMINDERS = Resource(
    queries.reminders,
    row=ReminderResponse,
    body=ReminderIn,
    changes=ReminderChanges,
    filters={"is_completed": ByFlag(~queries.OPEN), "reminder_type": ByLens("reminder_type", REMINDER_TYPE)},
    order="remind_at",
)
OPEN = Listing(ReminderResponse, lambda: queries.reminders().filter(queries.OPEN), order=("remind_at",))


@router.get("", **REMINDERS.lists, summary="List reminders")
def list_reminders(request: Request) -> HttpResponse:
    """List one's reminders, by their time."""
    return REMINDERS.page(request)


@router.get("upcoming", response=list[ReminderResponse], summary="List what is to be done next")
def upcoming(request: Request, limit: Annotated[int, Whole(0, MAX_INT8)] = 10) -> HttpResponse:
    """List the reminders that are not done, the most overdue first."""
    return answer(OPEN.slice(limit=limit, offset=0, **context(request)))


@router.post("", **REMINDERS.creates, summary="Create a reminder")
def create(request: Request, body: ReminderIn) -> HttpResponse:
    """Take a reminder into one's record; when it is due, a mail reminds its owner."""
    at = local_time(request)
    fields = _recorded(REMINDERS.fields(request, body), at=at)
    return REMINDERS.made(request, services.create(owner_id=request.auth.user_id, at=at, **fields))


@router.get("{uid}", **REMINDERS.reads, summary="Get a reminder")
def get_reminder(request: Request, uid: UUID) -> HttpResponse:
    """Read one reminder."""
    return REMINDERS.show(request, uid)


@router.put("{uid}", **REMINDERS.changes, summary="Update a reminder")
def update(request: Request, uid: UUID) -> HttpResponse:
    """Change what is sent; what is absent, or as it was shown, stays as it is."""
    at, reminder = local_time(request), queries.reminder(owner_id=request.auth.user_id, uid=uid)
    services.update(reminder=reminder, at=at, **_recorded(REMINDERS.given(request, reminder), at=at))
    return REMINDERS.show(request, uid)


@router.post("{uid}/complete", **REMINDERS.reads, summary="Complete a reminder")
def complete(request: Request, uid: UUID) -> HttpResponse:
    """Say that it is done, once."""
    reminder = queries.reminder(owner_id=request.auth.user_id, uid=uid)
    services.complete(reminder=reminder, at=local_time(request))
    return REMINDERS.show(request, uid)


@router.delete("{uid}", **REMINDERS.deletes, summary="Delete a reminder")
def delete(request: Request, uid: UUID) -> HttpResponse:
    """Delete a reminder."""
    services.delete(reminder=queries.reminder(owner_id=request.auth.user_id, uid=uid), at=local_time(request))
    return REMINDERS.gone()


def _recorded(fields: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    """Replace a local time by an instant, and a flag by the moment at which it was done. :param at: the local time"""
    if "remind_at" in fields and fields["remind_at"].tzinfo is None:
        # A time that the clock skips is as long after the change as it says; of one that comes twice, the first.
        fields["remind_at"] = fields["remind_at"].replace(tzinfo=at.tzinfo).astimezone(UTC)
    if "is_completed" in fields:
        fields["completed_at"] = at if fields.pop("is_completed") else None
    return fields
