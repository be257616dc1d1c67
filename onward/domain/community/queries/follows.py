"""Reading who follows whom. A disabled account is nobody: it is neither followed nor counted."""

from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from onward.domain.accounts.models import User
from onward.domain.community.models import Follow
from onward.domain.community.queries.visibility import ASKER, visible_to
from onward.platform.record import missing
from onward.platform.refusals import Forbidden, Refusal
from onward.platform.wire import Param, Statement

USER = Param("user_uid", models.UUIDField())
KEY = Param("pk", models.BigIntegerField())


def person(*, uid: UUID) -> User:
    """Give somebody.

    :raises Missing: when there is nobody of that uid, or their account is disabled
    """
    found = User.objects.filter(uid=uid, is_active=True).first()
    if found is None:
        raise missing("user")
    return found


def profile() -> QuerySet[User]:
    """Give somebody, if who asks may see their profile; the statement takes ``asker_id`` and ``user_uid``."""
    return User.objects.filter(visible_to(ASKER), uid=USER)


_SEEN = Statement(lambda: profile().values_list("pk"))


def require(*, asker_id: int, user_uid: UUID) -> None:
    """Make sure that somebody's profile, and with it whom they know, is there to be seen.

    :raises Missing: when there is nobody of that uid
    :raises Forbidden: when the profile is not for the asker
    """
    if _SEEN.first(asker_id=asker_id, user_uid=user_uid) is None:
        raise unseen(user_uid=user_uid)


def unseen(*, user_uid: UUID) -> Refusal:
    """Say why somebody does not see a profile: nobody is there, or it is not for them.

    :raises Missing: when there is nobody of that uid
    """
    person(uid=user_uid)
    return Forbidden("Profile is private")


def follow() -> QuerySet[Follow]:
    """Give one follow; the statement takes ``pk``."""
    return Follow.objects.filter(pk=KEY)


def by_followers() -> QuerySet[Follow]:
    """Give every follow whose follower is there."""
    return Follow.objects.filter(follower__is_active=True)


def by_followed() -> QuerySet[Follow]:
    """Give every follow of somebody who is there."""
    return Follow.objects.filter(following__is_active=True)


def followers() -> QuerySet[Follow]:
    """Give those who follow somebody; the statement takes ``user_uid``."""
    return by_followers().filter(following__uid=USER)


def followings() -> QuerySet[Follow]:
    """Give those whom somebody follows; the statement takes ``user_uid``."""
    return by_followed().filter(follower__uid=USER)
