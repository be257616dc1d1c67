"""Milestones, the people who are active, and one's own numbers."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, context
from onward.apis.offers.resource import OF_OTHERS
from onward.apis.offers.schemas.progress import (
    CommunityMemberEntry,
    MilestoneResponse,
    UserMilestoneResponse,
    UserStatsResponse,
)
from onward.domain.community.queries import progress
from onward.domain.insight.queries import tally
from onward.platform.wire import MAX_INT8, Listing, Reading, Whole

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
    return answer(AWARDS.all(**context(request)))


@router.get("community", response=list[CommunityMemberEntry], summary="List the people who are active")
def community(request: Request, limit: Annotated[int, Whole(0, MAX_INT8)] = 20) -> HttpResponse:
    """List the people with public profiles, the last active first."""
    return answer(COMMUNITY.slice(limit=min(limit, OF_OTHERS.most), offset=0, **context(request)))


@router.get("stats", response=UserStatsResponse, summary="Get one's own numbers")
def stats(request: Request) -> HttpResponse:
    """Say how much has been done so far."""
    return answer(STATS.required(**context(request)))
