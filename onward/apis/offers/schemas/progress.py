"""Milestones, people and numbers as the offers document shows them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from onward.apis.offers.lenses import TEXT
from onward.apis.offers.schemas.users import is_followed
from onward.domain.community.queries.progress import streak
from onward.domain.insight.queries import tally
from onward.platform.wire import From, Wire


class MilestoneResponse(Wire):
    """Something that can be reached."""

    id: Annotated[UUID, From("uid")]
    key: str
    name: str
    description: Annotated[str | None, From("description", lens=TEXT)]
    criteria: dict[str, Any]
    created_at: datetime


class UserMilestoneResponse(Wire):
    """Something that somebody has reached."""

    id: Annotated[UUID, From("uid")]
    user_id: Annotated[UUID, From("user__uid")]
    milestone_id: Annotated[UUID, From("milestone__uid")]
    reached_at: datetime
    milestone: Annotated[MilestoneResponse, From("milestone")]


class CommunityMemberEntry(Wire):
    """Somebody who shows themselves to everybody."""

    user_id: Annotated[UUID, From("user__uid")]
    username: Annotated[str, From("user__username")]
    display_name: Annotated[str | None, From("user__display_name")]
    streak_days: Annotated[int, streak()]
    is_following: Annotated[bool, is_followed("user_id"), Field(description="Whether you follow this person.")]


class UserStatsResponse(Wire):
    """What somebody has done so far. The last three say again what stands above, by the names that clients use."""

    total_applications: Annotated[int, tally.APPLICATIONS]
    total_offers: Annotated[int, tally.OFFERS]
    total_rejections: Annotated[int, tally.REJECTIONS]
    total_reflections: Annotated[int, tally.REFLECTIONS]
    total_stages: Annotated[int, tally.INTERVIEWS]
    streak_days: Annotated[int, streak("progress")]
    milestones_reached: Annotated[int, tally.AWARDS]
    total_contacts: Annotated[int, tally.CONTACTS]
    total_reminders_pending: Annotated[int, tally.REMINDERS]
    total_interviews: Annotated[int, tally.INTERVIEWS]
    current_streak: Annotated[int, streak("progress")]
    milestones_earned: Annotated[int, tally.AWARDS]
