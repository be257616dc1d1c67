"""Who follows whom, as the offers document shows it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from onward.domain.community.queries import follows
from onward.platform.wire import Count, From, Wire


class FollowResponse(Wire):
    """One person follows another."""

    id: Annotated[UUID, From("uid")]
    follower_id: Annotated[UUID, From("follower__uid")]
    following_id: Annotated[UUID, From("following__uid")]
    created_at: datetime


class FollowStats(Wire):
    """How many follow somebody, and how many they follow."""

    followers_count: Annotated[int, Count(follows.by_followers, by="following_id")]
    following_count: Annotated[int, Count(follows.by_followed, by="follower_id")]
