"""What people share with everybody: public posts, and public profiles by their streaks."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.copilot.schemas.social import ActivityOut, LeaderOut, SocialOut
from onward.domain.community.queries import posts, progress
from onward.platform.wire import MAX_INT8, Listing, Reading, Whole

router = Router(tags=["Collaboration"])

ACTIVITIES = Listing(ActivityOut, posts.public, order=["-created_at"])
LEADERS = Reading(LeaderOut, progress.leaders)
Skip = Annotated[int, Whole(0, MAX_INT8)]
Limit = Annotated[int, Whole(1, 100)]


@router.get("activity", response=SocialOut, summary="See what people share")
def activity(request: Request, skip: Skip = 0, limit: Limit = 50) -> HttpResponse:
    """Return public posts, the latest first, and those with public profiles whose streaks last longest."""
    activities = ACTIVITIES.slice(limit=limit, offset=skip).decode()
    return answer(f'{{"activities":{activities},"leaderboard":{LEADERS.all(now=request.now)}}}')
