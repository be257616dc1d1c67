"""Who may see whom. Every read that shows people to others has one of these conditions, and none of its own."""

from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from onward.domain.accounts.choices import Visibility
from onward.domain.accounts.models import User
from onward.domain.community.models import Follow, Membership
from onward.platform.database.literal import Literal
from onward.platform.record import missing
from onward.platform.refusals import Forbidden, Refusal
from onward.platform.wire import UID, Param

ASKER = Param("asker_id", models.BigIntegerField())


def visible_to(asker: int | Param, *, person: str = "") -> Q:
    """Match the people whose profile somebody may open: their own, and those that are `discoverable_by` them.

    :param person: the path from the rows at hand to the person; none, where the rows are people
    """
    mine = Q(**{_at(person, "pk"): asker, _at(person, "is_active"): True})
    return mine | discoverable_by(asker, person=person)


def discoverable_by(asker: int | Param, *, person: str = "") -> Q:
    """Match people who show themselves to somebody: to everybody, to their followers, or to members of their groups.

    A disabled account is shown to nobody.

    :param person: the path from the rows at hand to the person; none, where the rows are people
    """
    visibility, pk = _at(person, "profile_visibility"), _at(person, "pk")
    followed = Follow.objects.filter(Q(follower=asker)).values("following_id")
    shared = Membership.objects.filter(Q(user=asker)).values("group_id")
    companions = Membership.objects.filter(group_id__in=shared).values("user_id")
    return discoverable(person=person) & (
        Q(**{visibility: Literal(Visibility.PUBLIC.value)})
        | Q(**{visibility: Literal(Visibility.FOLLOWERS.value), f"{pk}__in": followed})
        | Q(**{visibility: Literal(Visibility.GROUPS.value), f"{pk}__in": companions})
    )


def discoverable(*, person: str = "") -> Q:
    """Match the people who show themselves to anybody at all, as the condition of the index does that holds them.

    Private is what an account is at first, so they may be few among many.

    :param person: the path from the rows at hand to the person; none, where the rows are people
    """
    private = Q(**{_at(person, "profile_visibility"): Literal(Visibility.PRIVATE.value)})
    return Q(**{_at(person, "is_active"): True}) & ~private


def profile() -> QuerySet[User]:
    """Return somebody, if whoever asks may see them; the statement takes ``asker_id`` and ``uid``."""
    return User.objects.filter(visible_to(ASKER), uid=UID)


def visible_people() -> QuerySet[User]:
    """Return the people who show themselves to whoever asks; the statement takes ``asker_id``."""
    return User.objects.filter(discoverable_by(ASKER))


def refused(*, uid: UUID) -> Refusal:
    """Return why a profile is refused: it is not for them, or there is none."""
    if User.objects.filter(uid=uid, is_active=True).exists():
        return Forbidden("Profile is private")
    return missing("user")


def _at(person: str, name: str) -> str:
    return f"{person}__{name}" if person else name
