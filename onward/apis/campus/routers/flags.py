"""Flags: members say what should not be there, moderators decide."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.campus.access import moderators
from onward.apis.campus.resource import Resource
from onward.apis.campus.schemas.flags import FlagRow
from onward.apis.campus.schemas.writing import FlagIn, FlagOut, ResolveIn, RestoredOut, RestoreIn
from onward.apis.campus.writing import sight
from onward.apis.filters import ByFlag, ById
from onward.domain.messaging.queries import chats
from onward.domain.messaging.services import flags as messages
from onward.domain.writing.choices import Verdict
from onward.domain.writing.models import Entry
from onward.domain.writing.queries import entries as queries
from onward.domain.writing.queries import flags as found
from onward.domain.writing.services import entries, flags
from onward.platform.refusals import Invalid
from onward.platform.wire import KEY, Id, Reading

router = Router(tags=["Flags"])

# Messages before a flagged one that moderators read.
BEFORE = 5
FLAGS = Resource(
    found.flags,
    row=FlagRow,
    filters={
        "entry_id": ById("entry_id"),
        "message_id": ById("about__message_id"),
        "resolved": ByFlag(found.RESOLVED),
    },
    order="created_at",
    values=lambda request: {"most": BEFORE},
)
FLAG = Reading(FlagOut, lambda: found.flags().filter(pk=KEY))
RESTORED = Reading(RestoredOut, lambda: Entry.objects.filter(pk=KEY))


@router.post("", response={HTTPStatus.CREATED: FlagOut}, summary="Flag what should not be there")
def create(request: Request, body: FlagIn) -> HttpResponse:
    """Flag an entry, or a message of a chat, once. Three flags hide an entry until a moderator decides."""
    said: dict[str, Any] = {
        "user_id": request.auth.user_id,
        "reason": body.reason,
        "note": body.note,
        "at": request.now,
    }
    if body.entry_id is not None and body.message_id is not None:
        raise Invalid(fields={"message_id": ["Name an entry or a message, not both."]})
    if body.message_id is not None:
        message = chats.readable_message(pk=body.message_id, user_id=request.auth.user_id)
        made = messages.flag(message=message, **said)
    elif body.entry_id is not None:
        entry = queries.any_entry(pk=body.entry_id, sight={**sight(request), "sees_drafts": False})
        made = flags.flag(entry=entry, **said)
    else:
        raise Invalid(fields={"entry_id": ["This field is required."]})
    return answer(FLAG.required(pk=made.pk), HTTPStatus.CREATED)


@router.get("", **FLAGS.lists, auth=moderators, summary="List flags")
def list_flags(request: Request) -> HttpResponse:
    """List flags, the oldest first; for moderators. With `resolved=false` those that wait for a decision."""
    return FLAGS.page(request)


@router.post("restore/", response=RestoredOut, auth=moderators, summary="Restore what was removed")
def restore(request: Request, body: RestoreIn) -> HttpResponse:
    """Put back an entry that was removed in the last thirty days; for moderators."""
    entries.restore(entry_id=body.entry_id, by_id=request.auth.user_id, at=request.now)
    return answer(RESTORED.required(pk=body.entry_id))


@router.post("{flag_id}/resolve/", response=FlagRow, auth=moderators, summary="Decide about a flag")
def resolve(request: Request, flag_id: Id, body: ResolveIn) -> HttpResponse:
    """Keep or remove what was flagged, which decides about all its open flags; for moderators."""
    flag = found.flag(pk=flag_id)
    service = flags if flag.entry_id is not None else messages
    service.resolve(flag=flag, verdict=Verdict(body.action), by_id=request.auth.user_id, at=request.now)
    return FLAGS.show(request, flag_id)
