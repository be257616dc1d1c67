"""Flags: members say what should not be there, moderators decide."""

from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.campus.access import moderators
from onward.apis.campus.resource import Resource
from onward.apis.campus.schemas.writing import FlagIn, FlagOut, FlagRow, ResolveIn, RestoredOut, RestoreIn
from onward.apis.campus.writing import sight
from onward.apis.filters import ByFlag, ById
from onward.domain.writing.choices import Verdict
from onward.domain.writing.models import Entry
from onward.domain.writing.queries import entries as queries
from onward.domain.writing.queries import flags as found
from onward.domain.writing.services import entries, flags
from onward.platform.wire import KEY, Id, Reading

router = Router(tags=["Flags"])

FLAGS = Resource(
    found.flags,
    row=FlagRow,
    filters={"entry_id": ById("entry_id"), "resolved": ByFlag(found.RESOLVED)},
    order="created_at",
)
FLAG = Reading(FlagOut, lambda: found.flags().filter(pk=KEY))
RESTORED = Reading(RestoredOut, lambda: Entry.objects.filter(pk=KEY))


@router.post("", response={HTTPStatus.CREATED: FlagOut}, summary="Flag what should not be there")
def create(request: Request, body: FlagIn) -> HttpResponse:
    """Flag an entry, once. Three flags hide it until a moderator decides."""
    entry = queries.any_entry(pk=body.entry_id, sight={**sight(request), "sees_drafts": False})
    made = flags.flag(entry=entry, user_id=request.auth.user_id, reason=body.reason, note=body.note, at=request.now)
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
    flags.resolve(flag=flag, verdict=Verdict(body.action), by_id=request.auth.user_id, at=request.now)
    return FLAGS.show(request, flag_id)
