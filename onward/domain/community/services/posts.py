"""Writing posts, and saying what one thinks of them."""

import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onward.domain.community.events import PostShared
from onward.domain.community.models import Group, Membership, Post, Reaction
from onward.platform.bin.services import discard
from onward.platform.events import publish
from onward.platform.record import append, change, locked, locked_for_removal, save
from onward.platform.refusals import Forbidden, Missing

FIELDS = frozenset({"title", "content", "is_public"})


@transaction.atomic
def share(*, author_id: int, content: str, at: datetime, group_id: int | None = None, **fields: Any) -> Post:
    """Write a post, in a group or in none.

    :raises Forbidden: when the author is not in the group
    """
    if group_id is not None:
        # Held, so that it cannot be deleted while somebody writes in it.
        locked(Group(pk=group_id))
        if not Membership.objects.filter(group_id=group_id, user_id=author_id).exists():
            raise Forbidden("Not a member of this group")
    values = {"content": content, "group_id": group_id, "uid": uuid.uuid4(), **fields}
    pk = append(Post, author_id=author_id, created_at=at, updated_at=at, **values)
    publish(PostShared(owner_id=author_id, at=at, post_id=pk, group_id=group_id))
    return Post(pk=pk, author_id=author_id, created_at=at, updated_at=at, **values)


@transaction.atomic
def update(*, post: Post, at: datetime, **changes: Any) -> Post:
    """Change a post. What is not named stays as it is."""
    post = locked(post)
    changed = change(post, FIELDS, changes)
    if changed:
        save(post, changed, at=at)
    return post


@transaction.atomic
def delete(*, post: Post, at: datetime) -> None:
    """Remove a post, with what people thought of it, into its author's bin."""
    post = locked_for_removal(post)
    discard(post, owner_id=post.author_id, title=post.title or post.content[:100], at=at)


@transaction.atomic
def react(*, post: Post, user_id: int, reaction: str, at: datetime) -> None:
    """Set somebody's reaction to a post, in place of the one before; many at once leave one reaction."""
    # Held, so that it cannot be deleted meanwhile.
    post = locked(post)
    Reaction.objects.bulk_create(
        [Reaction(post=post, user_id=user_id, reaction=reaction, created_at=at)],
        update_conflicts=True,
        unique_fields=["post", "user"],
        update_fields=["reaction", "created_at"],
    )


@transaction.atomic
def withdraw(*, post_uid: UUID, user_id: int) -> None:
    """Take back what somebody said of a post; also where they may see it no longer.

    :raises Missing: when they said nothing
    """
    gone, _ = Reaction.objects.filter(post__uid=post_uid, user_id=user_id).delete()
    if not gone:
        raise Missing("No reaction to remove")
