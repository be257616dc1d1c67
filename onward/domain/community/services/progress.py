"""Counting what people do: their streak of days, and the milestones that they reach.

A deed is one statement. It makes or moves the person's row, which stays locked until the transaction ends, and says
how far they have come: so the deeds of one person count one after the other, and every number is reached once.
"""

import re
import uuid
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db import connection, models, transaction

from onward.domain.accounts.models import User
from onward.domain.community.models import Progress
from onward.platform.wire import Param, Slot, Statement
from onward.platform.wire.statement import Field


class Deed(StrEnum):
    """What is counted. The values are the columns."""

    APPLICATION = "applications"
    REFLECTION = "reflections"
    FOLLOW = "follows"
    GROUP = "groups"
    POST = "posts"
    OFFER = "offers"


# The keys of the milestones, by what is counted and how far.
MILESTONES = {
    Deed.APPLICATION: {1: "first_application", 10: "building_momentum", 25: "in_the_zone"},
    Deed.REFLECTION: {1: "self_reflective", 10: "growth_mindset"},
    Deed.FOLLOW: {5: "connected"},
    Deed.GROUP: {1: "part_of_a_circle"},
    Deed.POST: {1: "sharing_insights"},
    Deed.OFFER: {1: "offer_received"},
}
STREAKS = {7: "one_week_strong", 30: "thirty_day_streak"}
GETTING_STARTED = "getting_started"


# Always a part of the deed itself, so it needs no savepoint of its own.
@transaction.atomic(savepoint=False)
def act(*, user_id: int, at: datetime, deed: Deed | None = None, times: int = 1) -> None:
    """Take note that somebody has done something, and award what they have reached by it.

    What happened on a day before their latest counts, but moves no streak.

    :param at: the time on the person's clock, or in UTC
    :param deed: what it counts as; none, when it counts for the streak alone
    :param times: how often they have done it
    """
    at = _on_their_clock(user_id, at)
    today = at.date()
    # No row comes back for somebody who is gone by now.
    for days, *counts in _ACT.rows(
        user_id=user_id,
        today=today,
        yesterday=today - timedelta(days=1),
        until=_broken_at(today, at.tzinfo),
        at=at,
        **{each.value: times * (each is deed) for each in Deed},
    ):
        reached = [STREAKS.get(days)]
        if deed is not None:
            count = dict(zip(Deed, counts, strict=True))[deed]
            reached += [key for number, key in MILESTONES[deed].items() if count - times < number <= count]
        for key in filter(None, reached):
            _AWARD.rows(uid=uuid.uuid4(), user_id=user_id, key=key, at=at)


@transaction.atomic(savepoint=False)
def begin(*, user_id: int, at: datetime) -> None:
    """Take note that somebody has come in: for the first time, or again.

    Accounts are made by admins and on the command line too; those begin when somebody signs in.
    """
    act(user_id=user_id, at=at)
    _AWARD.rows(uid=uuid.uuid4(), user_id=user_id, key=GETTING_STARTED, at=at)


@transaction.atomic
def follow_clock(*, user_id: int) -> None:
    """Let somebody's streak end by their clock after that has changed."""
    progress = Progress.objects.select_for_update(of=("self",)).select_related("user").filter(user_id=user_id).first()
    if progress is not None and progress.last_active_on is not None:
        progress.streak_until = _broken_at(progress.last_active_on, ZoneInfo(progress.user.timezone))
        progress.save(update_fields=["streak_until"])


def _broken_at(day: date, zone: tzinfo | None) -> datetime:
    """Give the end of the day after. The clocks may change before it, so it is not so many hours ahead."""
    return datetime.combine(day + timedelta(days=2), time.min, tzinfo=zone).astimezone(UTC)


def _on_their_clock(user_id: int, at: datetime) -> datetime:
    # A time that is told by somebody's clock knows its zone by name.
    if isinstance(at.tzinfo, ZoneInfo):
        return at
    zone = _ZONE.first(user_id=user_id)
    return at if zone is None else at.astimezone(ZoneInfo(zone[0]))


_ZONE = Statement(lambda: User.objects.filter(pk=Param("user_id", models.BigIntegerField())).values_list("timezone"))

_SLOTS: dict[str, Field] = {
    "user_id": models.BigIntegerField(),
    "uid": models.UUIDField(),
    "key": models.TextField(),
    "at": models.DateTimeField(),
    "until": models.DateTimeField(),
    "today": models.DateField(),
    "yesterday": models.DateField(),
    **{deed.value: models.IntegerField() for deed in Deed},
}


def _parts(sql: str) -> list[str | Slot]:
    """Take a statement apart at its ``:names``."""
    if connection.vendor == "sqlite":
        # Whoever writes there holds everything.
        sql = sql.replace("FOR KEY SHARE", "")
    return [Slot(piece, _SLOTS[piece]) if place % 2 else piece for place, piece in enumerate(re.split(r":(\w+)", sql))]


# The account is held before the progress, as by those who change an account and then take note of it: a new username
# holds up everybody who refers to the account, and a deed refers to it when it commits. To make the row and to move
# it is one statement, so that two first deeds at once are two deeds.
_ACT = Statement(
    lambda: _parts(
        """
        INSERT INTO community_progress AS p (
            user_id, streak_days, last_active_on, streak_until, last_active_at,
            applications, reflections, follows, "groups", posts, offers
        )
        SELECT id, 1, :today, :until, :at, :applications, :reflections, :follows, :groups, :posts, :offers
        FROM accounts_user WHERE id = :user_id FOR KEY SHARE
        ON CONFLICT (user_id) DO UPDATE SET
            streak_days = CASE
                WHEN excluded.last_active_on <= p.last_active_on THEN p.streak_days
                WHEN p.last_active_on = :yesterday THEN p.streak_days + 1
                ELSE 1
            END,
            last_active_on = CASE
                WHEN excluded.last_active_on <= p.last_active_on THEN p.last_active_on ELSE excluded.last_active_on
            END,
            streak_until = CASE
                WHEN excluded.last_active_on <= p.last_active_on THEN p.streak_until ELSE excluded.streak_until
            END,
            last_active_at = CASE
                WHEN excluded.last_active_at <= p.last_active_at THEN p.last_active_at ELSE excluded.last_active_at
            END,
            applications = p.applications + excluded.applications,
            reflections = p.reflections + excluded.reflections,
            follows = p.follows + excluded.follows,
            "groups" = p."groups" + excluded."groups",
            posts = p.posts + excluded.posts,
            offers = p.offers + excluded.offers
        RETURNING streak_days, applications, reflections, follows, "groups", posts, offers
        """
    )
)
_AWARD = Statement(
    lambda: _parts(
        """
        INSERT INTO community_award (uid, user_id, milestone_id, reached_at)
        SELECT :uid, :user_id, id, :at FROM community_milestone WHERE key = :key
        ON CONFLICT (user_id, milestone_id) DO NOTHING
        """
    )
)
