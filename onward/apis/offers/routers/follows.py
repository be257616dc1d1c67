"""Following. Whom somebody knows is told to those who may see their profile, and how many to everybody."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.offers.lists import MOST_OF_OTHERS, Limit, Skip, is_empty
from onward.apis.offers.schemas.done import Done
from onward.apis.offers.schemas.follows import FollowResponse, FollowStats
from onward.domain.community.queries import follows as queries
from onward.domain.community.services import follows
from onward.platform.record import missing
from onward.platform.wire import Listing, Reading

router = Router(tags=["Follows"])

ORDER = ("-created_at",)
FOLLOWERS = Listing(FollowResponse, queries.followers, order=ORDER)
FOLLOWINGS = Listing(FollowResponse, queries.followings, order=ORDER)
READING = Reading(FollowResponse, queries.follow)
STATS = Reading(FollowStats, queries.profile)


@router.post("follow/{user_id}", response={HTTPStatus.CREATED: FollowResponse}, summary="Follow somebody")
def follow(request: Request, user_id: UUID) -> HttpResponse:
    """Follow somebody. What they show to their followers is then there to be seen."""
    following = queries.person(uid=user_id)
    made = follows.follow(follower_id=request.auth.user_id, following=following, at=local_time(request))
    return answer(READING.required(pk=made.pk), HTTPStatus.CREATED)


@router.delete("follow/{user_id}", response=Done, summary="Unfollow somebody")
def unfollow(request: Request, user_id: UUID) -> HttpResponse:
    """Follow somebody no longer."""
    follows.unfollow(follower_id=request.auth.user_id, following_uid=user_id)
    return JsonResponse({"detail": "Unfollowed successfully"})


@router.get("followers/{user_id}", response=list[FollowResponse], summary="List somebody's followers")
def list_followers(request: Request, user_id: UUID, skip: Skip = 0, limit: Limit = 50) -> HttpResponse:
    """List who follows somebody, the latest first."""
    return _people(FOLLOWERS, request, user_id, skip, limit)


@router.get("following/{user_id}", response=list[FollowResponse], summary="List whom somebody follows")
def list_followings(request: Request, user_id: UUID, skip: Skip = 0, limit: Limit = 50) -> HttpResponse:
    """List whom somebody follows, the latest first."""
    return _people(FOLLOWINGS, request, user_id, skip, limit)


@router.get("follow-stats/{user_id}", response=FollowStats, summary="Count somebody's followers")
def stats(request: Request, user_id: UUID) -> HttpResponse:
    """Count who follows somebody, and whom they follow."""
    document = STATS.one(user_uid=user_id)
    if document is None:
        raise missing("user")
    return answer(document)


def _people(listing: Listing, request: Request, user_id: UUID, skip: int, limit: int) -> HttpResponse:
    asker = request.auth.user_id
    rows = listing.slice(limit=min(limit, MOST_OF_OTHERS), offset=skip, user_uid=user_id, asker_id=asker)
    if is_empty(rows):
        # Nobody follows there, or there is nobody at all.
        queries.person(uid=user_id)
    return answer(rows)
