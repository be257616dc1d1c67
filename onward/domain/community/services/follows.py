"""Following people."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from onward.domain.accounts.models import User
from onward.domain.community.events import Followed
from onward.domain.community.models import Follow
from onward.platform.events import publish
from onward.platform.record import append
from onward.platform.refusals import Conflict, Missing


def follow(*, follower_id: int, following: User, at: datetime) -> Follow:
    """Make somebody follow another.

    :raises Conflict: when it is themselves, or they do so already
    """
    if following.pk == follower_id:
        raise Conflict("Cannot follow yourself")
    try:
        with transaction.atomic():
            pk = append(Follow, follower_id=follower_id, following_id=following.pk, created_at=at)
            publish(Followed(owner_id=follower_id, at=at, follow_id=pk, following_id=following.pk))
    except IntegrityError as problem:
        # PostgreSQL names the constraint, SQLite its columns.
        if "follow_is_one" in str(problem) or "community_follow.follower_id" in str(problem):
            raise Conflict("Already following this user") from None
        raise
    return Follow(pk=pk, follower_id=follower_id, following_id=following.pk, created_at=at)


@transaction.atomic
def unfollow(*, follower_id: int, following_uid: UUID) -> None:
    """End somebody's following of another.

    :raises Missing: when they did not
    """
    gone, _ = Follow.objects.filter(follower_id=follower_id, following__uid=following_uid).delete()
    if not gone:
        raise Missing("Not following this user")
