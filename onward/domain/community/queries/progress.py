"""Reading how far people have come."""

from typing import Any

from django.db import models
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.lookups import GreaterThan

from onward.domain.accounts.choices import Visibility
from onward.domain.community.models import Award, Milestone, Progress
from onward.domain.community.queries.visibility import discoverable
from onward.platform.database.literal import Literal
from onward.platform.wire import From, Param

NOW = Param("now", models.DateTimeField())


def _streak(at: Any) -> Any:
    return Case(
        When(Q(GreaterThan(F(at("streak_until")), NOW)), then=F(at("streak_days"))),
        default=Value(0),
        output_field=models.IntegerField(),
    )


def streak(progress: str = "") -> From:
    """Return the days of a streak that lasts, and 0 of one that is broken; the statement takes ``now``.

    :param progress: the path from the row that is shown to somebody's progress: "progress" from a user
    """
    return From(lambda at: _streak(lambda name: at(f"{progress}__{name}" if progress else name)))


def milestones() -> QuerySet[Milestone]:
    """Return all milestones, in their order."""
    return Milestone.objects.order_by("created_at", "pk")


def awards() -> QuerySet[Award]:
    """Return what somebody has reached, the latest first; the statement takes ``user_id``."""
    return Award.objects.filter(user_id=Param("user_id", models.BigIntegerField())).order_by("-reached_at", "-pk")


def leaders(most: int = 20) -> QuerySet[Progress]:
    """Return those whose streaks last longest, of people with public profiles; the statement takes ``now``."""
    return active_people().filter(streak_until__gt=NOW).order_by("-streak_days", "-applications", "user_id")[:most]


def active_people() -> QuerySet[Progress]:
    """Return the progress of those who show themselves to everybody and have done anything yet."""
    public = Q(user__profile_visibility=Literal(Visibility.PUBLIC.value))
    return Progress.objects.filter(discoverable(person="user"), public, last_active_at__isnull=False)
