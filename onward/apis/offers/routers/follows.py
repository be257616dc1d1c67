"""Following. Whom somebody knows is told to those who may see their profile, and how many to everybody."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.offers.resource import Shared, done
from onward.apis.offers.schemas.done import Done
from onward.apis.offers.schemas.follows import FollowResponse, FollowStats
from onward.apis.paging import is_empty
from onward.domain.community.queries import follows as queries
from onward.domain.community.services import follows
from onward.platform.record import missing
from onward.platform.wire import Reading

router = Router(tags=["Follows"])

FOLLOWERS = Shared(queries.followers, row=FollowResponse, order="-created_at")
FOLLOWINGS = Shared(queries.followings, row=FollowResponse, order="-created_at")
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
    return done("Unfollowed successfully")


@router.get("followers/{user_id}", **FOLLOWERS.lists, summary="List somebody's followers")
def list_followers(request: Request, user_id: UUID) -> HttpResponse:
    """List who follows somebody, the latest first."""
    return _people(FOLLOWERS, request, user_id)


@router.get("following/{user_id}", **FOLLOWINGS.lists, summary="List whom somebody follows")
def list_followings(request: Request, user_id: UUID) -> HttpResponse:
    """List whom somebody follows, the latest first."""
    return _people(FOLLOWINGS, request, user_id)


@router.get("follow-stats/{user_id}", response=FollowStats, summary="Count somebody's followers")
def stats(request: Request, user_id: UUID) -> HttpResponse:
    """Count who follows somebody, and whom they follow."""
    document = STATS.one(user_uid=user_id)
    if document is None:
        raise missing("user")
    return answer(document)


def _people(people: Shared, request: Request, user_id: UUID) -> HttpResponse:
    response = people.page(request, user_uid=user_id)
    if is_empty(response.content):
        # Nobody follows there, or there is nobody at all.
        queries.person(uid=user_id)
    return response
