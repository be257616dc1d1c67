"""What people share with everybody."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from onward.domain.community.choices import PostType
from onward.domain.community.queries import posts
from onward.domain.community.queries.progress import streak
from onward.platform.wire import Count, From, Wire


class ActivityOut(Wire):
    """A public post."""

    id: int
    author: Annotated[str, From("author__username")]
    content: str
    type: Annotated[PostType, From("post_type")]
    created_at: datetime
    likes_count: Annotated[int, Count(posts.reactions, by="post_id")]


class LeaderOut(Wire):
    """Somebody with a public profile. Counts are of what they have done, whatever was deleted since."""

    user_id: int
    username: Annotated[str, From("user__username")]
    streak_days: Annotated[int, streak()]
    applications: int
    offers: int


class SocialOut(Wire):
    """The latest public posts, and who has the longest streaks."""

    activities: list[ActivityOut]
    leaderboard: Annotated[list[LeaderOut], Field(description="At most 20, the longest streak first.")]
