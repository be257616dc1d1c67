"""What the numbers about saved jobs are made of: one statement."""

from datetime import datetime
from typing import NamedTuple

from django.db import models
from django.db.models import Count, F, Value
from django.db.models.functions import Coalesce

from onward.domain.applications.queries import saved_jobs
from onward.platform.wire import Param, Statement


class JobGroup(NamedTuple):
    """Saved jobs that are alike in everything that is counted.

    :ivar status: of their applications; empty where there is none
    :ivar low: the lower end of their salary, and so on
    :ivar number: how many they are
    """

    status: str
    source: str
    location: str
    work_type: str
    currency: str
    low: int | None
    high: int | None
    number: int

    @property
    def salary(self) -> int | None:
        """The middle of the range that they pay in, or the one end that is known."""
        ends = [end for end in (self.low, self.high) if end is not None]
        return sum(ends) // len(ends) if ends else None


_ALIKE = Statement(
    lambda: (
        saved_jobs()
        .filter(created_at__gte=Param("since", models.DateTimeField()))
        .annotate(stands=Coalesce(F("application__status"), Value("")))
        .values("stands", "source", "location", "work_type", "salary_currency", "salary_min", "salary_max")
        .annotate(number=Count("pk"))
        .order_by()
        .values_list(
            "stands", "source", "location", "work_type", "salary_currency", "salary_min", "salary_max", "number"
        )
    )
)


def alike(*, owner_id: int, since: datetime) -> list[JobGroup]:
    """Return one person's saved jobs of a time, grouped. :param since: when the time begins"""
    return [JobGroup(*row) for row in _ALIKE.rows(owner_id=owner_id, since=since)]
