"""Groups as the offers document shows them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from onward.apis.offers.lenses import TEXT
from onward.domain.community.choices import GroupRole
from onward.domain.community.queries import groups
from onward.platform.wire import EMPTY_IS_NULL, Body, Choice, Count, From, Text, Wire, empty_is

Name = Annotated[str, Text(100, shortest=1)]


class GroupResponse(Wire):
    """A group, with how many people are in it."""

    id: Annotated[UUID, From("uid")]
    name: str
    description: Annotated[str | None, From("description", lens=TEXT)]
    created_by: Annotated[UUID, From("creator__uid")]
    is_public: bool
    member_count: Annotated[int, Count(groups.memberships, by="group_id")]
    created_at: datetime
    updated_at: datetime


class GroupMemberResponse(Wire):
    """Somebody in a group."""

    id: Annotated[UUID, From("uid")]
    group_id: Annotated[UUID, From("group__uid")]
    user_id: Annotated[UUID, From("user__uid")]
    role: Annotated[str, Choice(GroupRole)]
    joined_at: datetime


class GroupIn(Body):
    """What a client says of a new group. Only the name must be given."""

    name: Name
    description: Annotated[str, Text()] | None = None
    is_public: Annotated[bool, empty_is(usual=True)] = True


class GroupChanges(Body):
    """What a client changes about a group. What is absent stays as it is, and so does what a group always has."""

    name: Name | None = None
    description: Annotated[str, Text()] | None = None
    is_public: Annotated[bool | None, EMPTY_IS_NULL] = None
