"""Reading who follows whom. A disabled account is nobody: it is neither followed nor counted."""

from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from onward.domain.accounts.models import User
from onward.domain.community.models import Follow
from onward.domain.community.queries.visibility import ASKER, visible_to
from onward.platform.record import missing
from onward.platform.wire import KEY, Param

USER = Param("user_uid", models.UUIDField())


def person(*, uid: UUID) -> User:
    """Return somebody.

    :raises Missing: when there is nobody of that uid, or their account is disabled
    """
    found = User.objects.filter(uid=uid, is_active=True).first()
    if found is None:
        raise missing("user")
    return found


def profile() -> QuerySet[User]:
    """Return somebody, to count whom they know; the statement takes ``user_uid``."""
    return User.objects.filter(uid=USER, is_active=True)


def follow() -> QuerySet[Follow]:
    """Return one follow; the statement takes ``pk``."""
    return Follow.objects.filter(pk=KEY)


def by_followers() -> QuerySet[Follow]:
    """Return every follow whose follower is there."""
    return Follow.objects.filter(follower__is_active=True)


def by_followed() -> QuerySet[Follow]:
    """Return every follow of somebody who is there."""
    return Follow.objects.filter(following__is_active=True)


def followers() -> QuerySet[Follow]:
    """Return those who follow somebody; the statement takes ``user_uid`` and ``asker_id``.

    Of a person whose profile is not for the asker, nothing is told but whether the asker follows them.
    """
    return by_followers().filter(visible_to(ASKER, person="following") | Q(follower=ASKER), following__uid=USER)


def followings() -> QuerySet[Follow]:
    """Return those whom somebody follows; the statement takes ``user_uid`` and ``asker_id``.

    Of a person whose profile is not for the asker, nothing is told but whether they follow the asker.
    """
    return by_followed().filter(visible_to(ASKER, person="follower") | Q(following=ASKER), follower__uid=USER)
