"""Reading how far people have come."""

from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.lookups import GreaterThan

from onward.platform.wire import From, Param

NOW = Param("now", models.DateTimeField())


def _streak(at: Any) -> Any:
    return Case(
        When(Q(GreaterThan(F(at("streak_until")), NOW)), then=F(at("streak_days"))),
        default=Value(0),
        output_field=models.IntegerField(),
    )


def streak(progress: str = "") -> From:
    """Give the days of a streak that lasts, and 0 of one that is broken; the statement takes ``now``.

    :param progress: the path from the row that is shown to somebody's progress: "progress" from a user
    """
    return From(lambda at: _streak(lambda name: at(f"{progress}__{name}" if progress else name)))
