"""What happens in the community. The owner is who did it."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class Followed(Event):
    """Somebody follows another. :ivar following_id: whom"""

    name: ClassVar[str] = "community.followed"
    follow_id: int
    following_id: int


@dataclass(frozen=True, kw_only=True)
class GroupJoined(Event):
    """Somebody is in a group now: they joined it, or made it."""

    name: ClassVar[str] = "community.group_joined"
    group_id: int
    group_name: str


@dataclass(frozen=True, kw_only=True)
class PostShared(Event):
    """Somebody has written a post. :ivar group_id: where; none when it is in no group"""

    name: ClassVar[str] = "community.post_shared"
    post_id: int
    group_id: int | None
