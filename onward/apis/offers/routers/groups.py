"""Groups. A private one is not there for those who are not in it."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.bodies import sent, takes
from onward.apis.offers.lists import MOST_OF_OTHERS, Limit, Skip
from onward.apis.offers.schemas.done import Done
from onward.apis.offers.schemas.groups import (
    GroupChanges,
    GroupIn,
    GroupMemberResponse,
    GroupResponse,
    in_the_record,
)
from onward.domain.community.queries import groups as queries
from onward.domain.community.services import groups
from onward.platform.wire import Listing, Reading

router = Router(tags=["Groups"])

PUBLIC = Listing(GroupResponse, queries.public, order=("-created_at",))
MINE = Reading(GroupResponse, lambda: queries.mine().order_by("-created_at", "-pk"))
READING = Reading(GroupResponse, queries.one)
MEMBERS = Listing(GroupMemberResponse, queries.members, order=("joined_at",))
MEMBERSHIP = Reading(GroupMemberResponse, queries.membership)


def _document(request: Request, uid: UUID) -> str:
    document = READING.one(asker_id=request.auth.user_id, uid=uid)
    if document is None:
        raise queries.unknown()
    return document


@router.post("groups", response={HTTPStatus.CREATED: GroupResponse}, summary="Create a group")
def create(request: Request, body: GroupIn) -> HttpResponse:
    """Make a group; who makes it is in it as an admin."""
    fields = in_the_record(body.model_dump(exclude_unset=True))
    group = groups.create(creator_id=request.auth.user_id, at=local_time(request), **fields)
    return answer(_document(request, group.uid), HTTPStatus.CREATED)


@router.get("groups", response=list[GroupResponse], summary="List public groups")
def list_groups(request: Request, skip: Skip = 0, limit: Limit = 50) -> HttpResponse:
    """List the groups that are there for everybody, the latest first."""
    return answer(PUBLIC.slice(limit=min(limit, MOST_OF_OTHERS), offset=skip))


@router.get("groups/mine", response=list[GroupResponse], summary="List one's groups")
def list_mine(request: Request) -> HttpResponse:
    """List the groups that one is in, private ones too, the latest first."""
    return answer(MINE.all(asker_id=request.auth.user_id))


@router.get("groups/{group_id}", response=GroupResponse, summary="Get a group")
def get_group(request: Request, group_id: UUID) -> HttpResponse:
    """Read a group."""
    return answer(_document(request, group_id))


@router.put("groups/{group_id}", response=GroupResponse, summary="Update a group", openapi_extra=takes(GroupChanges))
def update(request: Request, group_id: UUID) -> HttpResponse:
    """Change a group that one has made; what is absent stays as it is."""
    group = queries.created(by=request.auth.user_id, uid=group_id, to="update")
    changes = sent(request, GroupChanges, shown=_document(request, group_id))
    groups.update(group=group, at=local_time(request), **in_the_record(changes))
    return answer(_document(request, group_id))


@router.delete("groups/{group_id}", response=Done, summary="Delete a group")
def delete(request: Request, group_id: UUID) -> HttpResponse:
    """Delete a group that one has made, with everything in it."""
    groups.delete(group=queries.created(by=request.auth.user_id, uid=group_id, to="delete"))
    return JsonResponse({"detail": "Group deleted"})


@router.post("groups/{group_id}/join", response={HTTPStatus.CREATED: GroupMemberResponse}, summary="Join a group")
def join(request: Request, group_id: UUID) -> HttpResponse:
    """Enter a group."""
    user_id = request.auth.user_id
    group = queries.group(asker_id=user_id, uid=group_id)
    membership = groups.join(group=group, user_id=user_id, at=local_time(request))
    return answer(MEMBERSHIP.required(pk=membership.pk), HTTPStatus.CREATED)


@router.delete("groups/{group_id}/leave", response=Done, summary="Leave a group")
def leave(request: Request, group_id: UUID) -> HttpResponse:
    """Leave a group; what one wrote there stays."""
    groups.leave(group_uid=group_id, user_id=request.auth.user_id)
    return JsonResponse({"detail": "Left group successfully"})


@router.get("groups/{group_id}/members", response=list[GroupMemberResponse], summary="List the members of a group")
def list_members(request: Request, group_id: UUID, skip: Skip = 0, limit: Limit = MOST_OF_OTHERS) -> HttpResponse:
    """List who is in a group, in the order in which they came."""
    queries.require(asker_id=request.auth.user_id, uid=group_id)
    return answer(MEMBERS.slice(limit=min(limit, MOST_OF_OTHERS), offset=skip, uid=group_id))
