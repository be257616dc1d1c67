"""Making groups, and being in them."""

import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from onward.domain.community.choices import GroupRole
from onward.domain.community.events import GroupJoined
from onward.domain.community.models import Group, Membership
from onward.platform.bin.services import discard
from onward.platform.events import publish
from onward.platform.record import append, change, fields_of, locked, locked_for_removal, save
from onward.platform.refusals import Conflict, Missing

FIELDS = fields_of(Group, but=("creator_id",))


@transaction.atomic
def create(*, creator_id: int, name: str, at: datetime, **fields: Any) -> Group:
    """Make a group, with its creator in it as an admin."""
    values = {"name": name, "uid": uuid.uuid4(), **fields}
    pk = append(Group, creator_id=creator_id, created_at=at, updated_at=at, **values)
    group = Group(pk=pk, creator_id=creator_id, created_at=at, updated_at=at, **values)
    _enter(group=group, user_id=creator_id, at=at)
    return group


def join(*, group: Group, user_id: int, at: datetime) -> Membership:
    """Take somebody into a group. A creator who left and comes back is an admin again.

    :raises Conflict: when they are in it already
    """
    try:
        with transaction.atomic():
            # Held, so that it cannot be deleted while somebody comes in.
            return _enter(group=locked(group), user_id=user_id, at=at)
    except IntegrityError as problem:
        # PostgreSQL names the constraint, SQLite its columns.
        if "membership_is_one" in str(problem) or "community_membership.group_id" in str(problem):
            raise Conflict("Already a member of this group") from None
        raise


def _enter(*, group: Group, user_id: int, at: datetime) -> Membership:
    role = GroupRole.ADMIN if group.creator_id == user_id else GroupRole.MEMBER
    pk = append(Membership, group_id=group.pk, user_id=user_id, role=role, joined_at=at)
    publish(GroupJoined(owner_id=user_id, at=at, group_id=group.pk, group_name=group.name))
    return Membership(pk=pk, group=group, user_id=user_id, role=role, joined_at=at)


@transaction.atomic
def leave(*, group_uid: UUID, user_id: int) -> None:
    """Remove somebody from a group. What they wrote there stays.

    :raises Missing: when they are not in it
    """
    gone, _ = Membership.objects.filter(group__uid=group_uid, user_id=user_id).delete()
    if not gone:
        raise Missing("Not a member of this group")


@transaction.atomic
def update(*, group: Group, at: datetime, **changes: Any) -> Group:
    """Change a group. What is not named stays as it is."""
    group = locked(group)
    changed = change(group, FIELDS, changes)
    if changed:
        save(group, changed, at=at)
    return group


@transaction.atomic
def delete(*, group: Group, at: datetime) -> None:
    """Remove a group, with everything that was written in it, into its creator's bin."""
    discard(locked_for_removal(group), owner_id=group.creator_id, title=group.name, at=at)
