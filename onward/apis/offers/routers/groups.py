"""Groups. A private one is not there for those who are not in it."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, context, local_time
from onward.apis.offers.resource import Shared, done
from onward.apis.offers.schemas.done import Done
from onward.apis.offers.schemas.groups import GroupChanges, GroupIn, GroupMemberResponse, GroupResponse
from onward.apis.paging import Slices
from onward.domain.community.queries import groups as queries
from onward.domain.community.services import groups
from onward.platform.wire import Reading

router = Router(tags=["Groups"])

GROUPS = Shared(queries.visible, row=GroupResponse, body=GroupIn, changes=GroupChanges)
PUBLIC = Shared(queries.public, row=GroupResponse, order="-created_at")
MINE = Reading(GroupResponse, lambda: queries.mine().order_by("-created_at", "-pk"))
MEMBERS = Shared(queries.members, row=GroupMemberResponse, order="joined_at", paging=Slices(usual=500, most=500))
MEMBERSHIP = Reading(GroupMemberResponse, queries.membership)


@router.post("groups", **GROUPS.creates, summary="Create a group")
def create(request: Request, body: GroupIn) -> HttpResponse:
    """Make a group; who makes it is in it as an admin."""
    fields = GROUPS.fields(request, body)
    return GROUPS.made(request, groups.create(creator_id=request.auth.user_id, at=local_time(request), **fields))


@router.get("groups", **PUBLIC.lists, summary="List public groups")
def list_groups(request: Request) -> HttpResponse:
    """List the groups that are there for everybody, the latest first."""
    return PUBLIC.page(request)


@router.get("groups/mine", response=list[GroupResponse], summary="List one's groups")
def list_mine(request: Request) -> HttpResponse:
    """List the groups that one is in, private ones too, the latest first."""
    return answer(MINE.all(**context(request)))


@router.get("groups/{group_id}", **GROUPS.reads, summary="Get a group")
def get_group(request: Request, group_id: UUID) -> HttpResponse:
    """Read a group."""
    return GROUPS.show(request, group_id)


@router.put("groups/{group_id}", **GROUPS.changes, summary="Update a group")
def update(request: Request, group_id: UUID) -> HttpResponse:
    """Change a group that one has made; what is absent stays as it is."""
    group = queries.created(by=request.auth.user_id, uid=group_id, to="update")
    groups.update(group=group, at=local_time(request), **GROUPS.given(request, group))
    return GROUPS.show(request, group_id)


@router.delete("groups/{group_id}", **GROUPS.deletes, summary="Delete a group")
def delete(request: Request, group_id: UUID) -> HttpResponse:
    """Delete a group that one has made, with everything in it."""
    groups.delete(group=queries.created(by=request.auth.user_id, uid=group_id, to="delete"), at=request.now)
    return GROUPS.gone()


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
    return done("Left group successfully")


@router.get("groups/{group_id}/members", **MEMBERS.lists, summary="List the members of a group")
def list_members(request: Request, group_id: UUID) -> HttpResponse:
    """List who is in a group, in the order in which they came."""
    queries.require(asker_id=request.auth.user_id, uid=group_id)
    return MEMBERS.page(request, uid=group_id)
