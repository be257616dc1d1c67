"""Counting what people do: their streak of days, and the milestones that they reach.

An action is one statement on the person's row, which stays locked until the transaction ends, and which returns how far
they have come: so the actions of one person count one after the other, and every number is reached once.
"""

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import Case, F, Value, When
from django.db.models.lookups import Exact, GreaterThanOrEqual

from onward.domain.accounts.models import User
from onward.domain.community.models import Award, Milestone, Progress
from onward.platform.record import KeyShare
from onward.platform.wire import UID, Insert, Param, Statement, Update


class Action(StrEnum):
    """An action that is counted. The values are the columns."""

    APPLICATION = "applications"
    REFLECTION = "reflections"
    FOLLOW = "follows"
    GROUP = "groups"
    POST = "posts"
    OFFER = "offers"


# The keys of the milestones, by what is counted and how far.
MILESTONES = {
    Action.APPLICATION: {1: "first_application", 10: "building_momentum", 25: "in_the_zone"},
    Action.REFLECTION: {1: "self_reflective", 10: "growth_mindset"},
    Action.FOLLOW: {5: "connected"},
    Action.GROUP: {1: "part_of_a_circle"},
    Action.POST: {1: "sharing_insights"},
    Action.OFFER: {1: "offer_received"},
}
STREAKS = {7: "one_week_strong", 30: "thirty_day_streak"}
GETTING_STARTED = "getting_started"


# Always a part of the action itself, so it needs no savepoint of its own.
@transaction.atomic(savepoint=False)
def record_action(*, user_id: int, at: datetime, action: Action | None = None, times: int = 1) -> None:
    """Record that somebody has done something, and award what they have reached by it.

    What happened on a day before their latest counts, but moves no streak. Who is gone by now is passed over.

    :param at: the time on the person's clock, or in UTC
    :param action: what it counts as; none, when it counts for the streak alone
    :param times: how often they have done it
    """
    at = _on_their_clock(user_id, at)
    values = {
        "user_id": user_id,
        "today": at.date(),
        "yesterday": at.date() - timedelta(days=1),
        "until": _end_of_streak(at.date(), at.tzinfo),
        "at": at,
        "times": times,
    }
    move = _MOVES[action]
    moved = move.first(**values)
    if moved is None:
        # Two first actions at once make one row, and are two actions.
        _BEGIN.rows(user_id=user_id)
        moved = move.first(**values)
    if moved is None:
        return
    days, *counts = moved
    reached = [STREAKS.get(days)]
    if action is not None:
        (count,) = counts
        reached += [key for number, key in MILESTONES[action].items() if count - times < number <= count]
    for key in filter(None, reached):
        _AWARD.rows(uid=uuid.uuid4(), user_id=user_id, key=key, at=at)


@transaction.atomic(savepoint=False)
def record_sign_in(*, user_id: int, at: datetime) -> None:
    """Record that somebody has come in: for the first time, or again.

    Accounts are made by admins and on the command line too; those begin when somebody signs in.
    """
    record_action(user_id=user_id, at=at)
    _AWARD.rows(uid=uuid.uuid4(), user_id=user_id, key=GETTING_STARTED, at=at)


@transaction.atomic
def update_time_zone(*, user_id: int) -> None:
    """Recompute when somebody's streak ends, after their clock has changed."""
    progress = Progress.objects.select_for_update(of=("self",)).select_related("user").filter(user_id=user_id).first()
    if progress is not None and progress.last_active_on is not None:
        progress.streak_until = _end_of_streak(progress.last_active_on, ZoneInfo(progress.user.timezone))
        progress.save(update_fields=["streak_until"])


@transaction.atomic
def join(*, there: Progress) -> bool:
    """Join what one person has done elsewhere with what they have done here, and return whether that is more.

    Of each count the larger one stays, since the same may have been counted twice. Two streaks that overlap or follow
    each other are one; of others the later one stays.

    :param there: unsaved, of the same person
    """
    here = Progress.objects.select_for_update().filter(user_id=there.user_id).first()
    if here is None:
        there.save(force_insert=True)
        return True
    before = [getattr(here, name) for name in _JOINED]
    for action in Action:
        setattr(here, action, max(getattr(here, action), getattr(there, action)))
    here.last_active_at = max(filter(None, (here.last_active_at, there.last_active_at)), default=None)
    runs = [(each.last_active_on, each.streak_days) for each in (here, there) if each.last_active_on]
    here.last_active_on, here.streak_days = _joined_streak(runs)
    if [getattr(here, name) for name in _JOINED] == before:
        return False
    here.save()
    update_time_zone(user_id=here.user_id)
    return True


_JOINED = [*(action.value for action in Action), "streak_days", "last_active_on", "last_active_at"]


def _joined_streak(runs: list[tuple[date, int]]) -> tuple[date | None, int]:
    """Join streaks, each its last day and how many days it has. One that is broken before the later one began ends."""
    if not runs:
        return None, 0
    first, *rest = sorted(runs, reverse=True)
    for last, days in rest:
        behind = (first[0] - last).days
        if behind <= first[1]:
            first = first[0], max(first[1], behind + days)
    return first


def _end_of_streak(day: date, zone: tzinfo | None) -> datetime:
    """Return the end of the day after. The clocks may change before it, so it is not so many hours ahead."""
    return datetime.combine(day + timedelta(days=2), time.min, tzinfo=zone).astimezone(UTC)


def _on_their_clock(user_id: int, at: datetime) -> datetime:
    # A time that is told by somebody's clock knows its zone by name.
    if isinstance(at.tzinfo, ZoneInfo):
        return at
    zone = _ZONE.first(user_id=user_id)
    return at if zone is None else at.astimezone(ZoneInfo(zone[0]))


USER = Param("user_id", models.BigIntegerField())
TODAY, YESTERDAY = Param("today", models.DateField()), Param("yesterday", models.DateField())
AT, UNTIL = Param("at", models.DateTimeField()), Param("until", models.DateTimeField())

_ZONE = Statement(lambda: User.objects.filter(pk=USER).values_list("timezone"))


def _unless_later(field: str, value: Param) -> Case:
    """Return the value, or what is there when the latest action was on the same day or later."""
    return Case(When(GreaterThanOrEqual(F("last_active_on"), TODAY), then=F(field)), default=value)


def _move(counted: Sequence[str]) -> Update:
    """Move somebody's streak and what is counted, and return both.

    The account is locked before the progress, as by those who change an account and then record it: one that is removed
    holds up everybody who refers to it, and an action refers to it when it commits.
    """
    return Update(
        Progress.objects.filter(pk=KeyShare(User.objects.filter(pk=USER).values("pk"))),
        returning=["streak_days", *counted],
        streak_days=Case(
            When(GreaterThanOrEqual(F("last_active_on"), TODAY), then=F("streak_days")),
            When(Exact(F("last_active_on"), YESTERDAY), then=F("streak_days") + 1),
            default=1,
        ),
        last_active_on=_unless_later("last_active_on", TODAY),
        streak_until=_unless_later("streak_until", UNTIL),
        last_active_at=Case(When(GreaterThanOrEqual(F("last_active_at"), AT), then=F("last_active_at")), default=AT),
        **{column: F(column) + Param("times", models.IntegerField()) for column in counted},
    )


_MOVES: dict[Action | None, Statement] = {
    None: Statement(lambda: _move(())),
    **{action: Statement(partial(_move, (action.value,))) for action in Action},
}
_BEGIN = Statement(
    lambda: Insert(
        Progress,
        User.objects.filter(pk=USER),
        user_id=F("pk"),
        **dict.fromkeys(["streak_days", *(action.value for action in Action)], Value(0)),
    )
)
_AWARD = Statement(
    lambda: Insert(
        Award,
        Milestone.objects.filter(key=Param("key", models.TextField())),
        uid=UID,
        user_id=USER,
        milestone_id=F("pk"),
        reached_at=AT,
    )
)
