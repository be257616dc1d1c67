"""One's own account, and other people's."""

import json
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db import models
from ninja import Router
from pydantic import AfterValidator

from onward.apis.base import Request, answer, context
from onward.apis.bodies import sent, takes
from onward.apis.offers.resource import OF_OTHERS
from onward.apis.offers.schemas.users import UserChanges, UserPublicProfile, UserResponse, recorded
from onward.domain.accounts import queries
from onward.domain.accounts.services import profiles
from onward.domain.community.queries import visibility
from onward.platform.wire import MAX_INT8, Listing, Reading, Text, Whole, storable

router = Router(tags=["Users"])

ME = Reading(UserResponse, queries.account)
PROFILE = Reading(UserPublicProfile, visibility.profile)
PEOPLE = Listing(
    UserPublicProfile,
    visibility.visible_people,
    filters={"named": queries.named_like},
    values={"named": models.TextField()},
    order=["username_key"],
)


def _storable(text: str) -> str:
    storable(text)
    return text


# Longer than any name.
Name = Annotated[str, Text(255), AfterValidator(_storable)]
Number = Annotated[int, Whole(0, MAX_INT8)]


@router.get("/me", response=UserResponse, summary="Get yourself")
def get_me(request: Request) -> Any:
    """Read one's own account."""
    return answer(me(user_id=request.auth.user_id, now=request.now))


@router.put("/me", response=UserResponse, openapi_extra=takes(UserChanges), summary="Change yourself")
def change_me(request: Request) -> Any:
    """Change what an account says about its owner, and who may see it."""
    user_id = request.auth.user_id
    before = json.loads(me(user_id=user_id, now=request.now))
    # The two that speak of one thing decide together, also where one of them is sent as it was.
    shown = json.dumps({name: before[name] for name in ("display_name", "bio")})
    changes = recorded(sent(request, UserChanges, shown=shown), visibility=before["profile_visibility"])
    profiles.change(user_id=user_id, changes=changes, demands={}, at=request.now)
    return answer(me(user_id=user_id, now=request.now))


@router.get("/search", response=list[UserPublicProfile], summary="Search people")
def search(request: Request, q: Name = "", skip: Number = 0, limit: Number = 20) -> Any:
    """Find people whose username or display name holds a text, among those who let themselves be seen."""
    if not q:
        return answer("[]")
    limit = min(limit, OF_OTHERS.most)
    return answer(PEOPLE.slice(limit=limit, offset=skip, filters={"named": q}, **context(request)))


@router.get("/{user_id}", response=UserPublicProfile, summary="Get somebody")
def get_user(request: Request, user_id: UUID) -> Any:
    """Read somebody's profile, if they let it be seen by who asks."""
    document = PROFILE.one(**context(request), uid=user_id)
    if document is None:
        raise visibility.refused(uid=user_id)
    return answer(document)


def me(*, user_id: int, now: datetime) -> str:
    """Return an account as its owner sees it, a JSON document."""
    return ME.required(user_id=user_id, now=now)
