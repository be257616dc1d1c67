"""Milestones, the people who are active, and one's own numbers."""

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.offers.lists import MOST_OF_OTHERS, Limit
from onward.apis.offers.schemas.progress import (
    CommunityMemberEntry,
    MilestoneResponse,
    UserMilestoneResponse,
    UserStatsResponse,
)
from onward.domain.community.queries import progress
from onward.domain.insight.queries import tally
from onward.platform.wire import Listing, Reading

router = Router(tags=["Progress"])

MILESTONES = Reading(MilestoneResponse, progress.milestones)
AWARDS = Reading(UserMilestoneResponse, progress.awards)
COMMUNITY = Listing(CommunityMemberEntry, progress.active_people, order=("-last_active_at",))
STATS = Reading(UserStatsResponse, tally.person)


@router.get("milestones", response=list[MilestoneResponse], summary="List the milestones")
def milestones(request: Request) -> HttpResponse:
    """List everything that can be reached."""
    return answer(MILESTONES.all())


@router.get("milestones/mine", response=list[UserMilestoneResponse], summary="List one's own milestones")
def mine(request: Request) -> HttpResponse:
    """List what has been reached, the latest first."""
    return answer(AWARDS.all(user_id=request.auth.user_id))


@router.get("community", response=list[CommunityMemberEntry], summary="List the people who are active")
def community(request: Request, limit: Limit = 20) -> HttpResponse:
    """List the people with public profiles, the last active first."""
    return answer(
        COMMUNITY.slice(limit=min(limit, MOST_OF_OTHERS), offset=0, now=request.now, asker_id=request.auth.user_id)
    )


@router.get("stats", response=UserStatsResponse, summary="Get one's own numbers")
def stats(request: Request) -> HttpResponse:
    """Say how much has been done so far."""
    return answer(STATS.required(user_id=request.auth.user_id, now=request.now))
