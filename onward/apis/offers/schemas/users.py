"""People as the offers document shows them, to themselves and to others."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.expressions import Combinable
from django.db.models.lookups import Exact
from pydantic import Field

from onward.apis.offers.lenses import TEXT
from onward.domain.accounts.choices import Visibility
from onward.domain.community.models import Follow
from onward.domain.community.queries.progress import streak
from onward.domain.community.queries.visibility import ASKER
from onward.platform.wire import EMPTY_IS_NULL, Body, From, OneOf, Text, Wire


def _is_public(at: Any) -> Combinable:
    return Exact(F(at("profile_visibility")), Value(Visibility.PUBLIC.value))


def is_followed(person: str) -> From:
    """Return whether who asks follows somebody. :param person: the path to their id"""
    return From(lambda at: Exists(Follow.objects.filter(follower_id=ASKER, following_id=OuterRef(at(person)))))


class UserResponse(Wire):
    """An account as its owner sees it; the statement takes ``now``."""

    id: Annotated[UUID, From("uid")]
    email: str
    username: str
    display_name: str | None
    bio: Annotated[str | None, From("bio", lens=TEXT)]
    is_profile_public: Annotated[bool, From(_is_public)]
    profile_visibility: Visibility
    timezone: Annotated[str, Field(description="An IANA name: days and streaks are those of this clock.")]
    streak_days: Annotated[int, streak("progress"), Field(description="Days in a row; 0 once a day was missed.")]
    last_active_date: Annotated[date | None, From("progress__last_active_on")]
    created_at: datetime
    updated_at: datetime


class UserPublicProfile(Wire):
    """A person as others see them; the statement takes ``asker_id`` and ``now``."""

    id: Annotated[UUID, From("uid")]
    username: str
    display_name: str | None
    bio: Annotated[str | None, From("bio", lens=TEXT)]
    profile_visibility: Visibility
    streak_days: Annotated[int, streak("progress")]
    created_at: datetime
    is_following: Annotated[bool, is_followed("pk"), Field(description="Whether you follow this person.")]


class UserChanges(Body):
    """What a client changes about its user; what is left out stays."""

    display_name: Annotated[Annotated[str, Text(100)] | None, EMPTY_IS_NULL] = None
    bio: Annotated[str, Text()] | None = None
    is_profile_public: Annotated[
        bool | None,
        EMPTY_IS_NULL,
        Field(description="Public, or private if it was public. `profile_visibility` wins over it."),
    ] = None
    profile_visibility: Annotated[Annotated[str, OneOf(*Visibility.values)] | None, EMPTY_IS_NULL] = None
    timezone: Annotated[
        Annotated[str, Text(64)] | None, EMPTY_IS_NULL, Field(description="An IANA name, such as Europe/Berlin.")
    ] = None


def recorded(changes: Mapping[str, Any], *, visibility: str) -> dict[str, Any]:
    """Return what a client changes, in the record's words. Null clears what may be empty, and leaves the rest as it is.

    :param changes: what the client sent
    :param visibility: who may see the profile until now
    """
    found = {name: changes[name] for name in ("display_name", "bio") if name in changes}
    if "bio" in found:
        found["bio"] = TEXT.read(found["bio"])
    wanted, public = changes.get("profile_visibility"), changes.get("is_profile_public")
    # "Not public" says nothing new of a profile that is shown to some.
    if wanted is None and public is not None and public != (visibility == Visibility.PUBLIC):
        wanted = Visibility.PUBLIC.value if public else Visibility.PRIVATE.value
    if wanted is not None:
        found["profile_visibility"] = wanted
    if changes.get("timezone") is not None:
        found["timezone"] = changes["timezone"]
    return found
