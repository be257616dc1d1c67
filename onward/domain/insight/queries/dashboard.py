"""What a dashboard is made of: three statements, whose answers do not grow with the record.

The words are the record's; an API that has fewer of them adds up what looks alike to it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Case, Count, F, IntegerField, Max, Q, Sum, Value, When
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from onward.domain.applications.queries import applications
from onward.domain.interviews.queries import interviews
from onward.platform.wire import Param, Slot, Statement, days_between

WEEKS = 12


class ApplicationGroup(NamedTuple):
    """Applications that are alike in everything that a dashboard looks at.

    :ivar interviewed: whether they have an interview
    :ivar outcome: what has become of their offer; none where none is recorded
    :ivar currency: of what they were hoped to bring in
    :ivar offered_currency: of what was offered; none where none is recorded
    :ivar number: how many they are
    :ivar paid: how many of them say a salary, its lower or its upper end
    :ivar lows: how many say the lower end
    :ivar low: the sum of the lower ends, and so on
    :ivar offered: the sum of what was offered, in a year
    :ivar highest: the highest of it
    """

    status: str
    source: str
    interviewed: bool
    outcome: str | None
    currency: str
    offered_currency: str | None
    number: int
    paid: int
    lows: int
    low: int
    highs: int
    high: int
    offers: int
    offered: int
    highest: int


_ALIKE = Statement(
    lambda: (
        applications()
        .annotate(
            interviewed=Case(
                When(pk__in=interviews().values("application_id"), then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            )
        )
        .values("status", "source", "interviewed", "outcome__status", "salary_currency", "outcome__salary_currency")
        .annotate(
            number=Count("pk"),
            paid=Count("pk", filter=Q(salary_min__isnull=False) | Q(salary_max__isnull=False)),
            lows=Count("salary_min"),
            low=Sum("salary_min", default=0),
            highs=Count("salary_max"),
            high=Sum("salary_max", default=0),
            offers=Count("outcome__salary"),
            offered=Sum("outcome__salary", default=0),
            highest=Max("outcome__salary", default=0),
        )
        .order_by()
        .values_list(
            "status",
            "source",
            "interviewed",
            "outcome__status",
            "salary_currency",
            "outcome__salary_currency",
            "number",
            "paid",
            "lows",
            "low",
            "highs",
            "high",
            "offers",
            "offered",
            "highest",
        )
    )
)


def alike(*, owner_id: int) -> list[ApplicationGroup]:
    """Return somebody's applications, those that are alike counted together."""
    return [
        ApplicationGroup(status, source, bool(interviewed), *others)
        for status, source, interviewed, *others in _ALIKE.rows(owner_id=owner_id)
    ]


class Week(NamedTuple):
    """What somebody did in one week. :ivar name: of ISO 8601, "2026-W09" """

    name: str
    applications: int
    interviews: int


_FIRST, _END = Param("first", models.DateField()), Param("end", models.DateField())
# Where no day is known, the instants with which the weeks begin on the reader's clock divide the applications.
_BEGINNINGS = [Param(f"begin{week}", models.DateTimeField()) for week in range(WEEKS + 1)]
_ITS_WEEK = Case(
    When(applied_date__isnull=False, then=days_between(_FIRST, F("applied_date")) / Value(7)),
    *(When(LessThan(F("created_at"), beginning), then=Value(week)) for week, beginning in enumerate(_BEGINNINGS[1:])),
    output_field=IntegerField(),
)
_WEEKLY = Statement(
    lambda: [
        "SELECT 1, a.week, a.number FROM (",
        applications()
        .filter(
            Q(GreaterThanOrEqual(F("applied_date"), _FIRST)) & Q(LessThan(F("applied_date"), _END))
            | Q(applied_date__isnull=True)
            & Q(GreaterThanOrEqual(F("created_at"), _BEGINNINGS[0]))
            & Q(LessThan(F("created_at"), _BEGINNINGS[-1]))
        )
        .annotate(week=_ITS_WEEK)
        .values("week")
        .annotate(number=Count("pk"))
        .order_by()
        .values_list("week", "number"),
        ") a UNION ALL SELECT 2, i.week, i.number FROM (",
        interviews()
        .filter(day__gte=_FIRST)
        .filter(day__lt=_END)
        .annotate(week=days_between(_FIRST, F("day")) / Value(7))
        .values("week")
        .annotate(number=Count("pk"))
        .order_by()
        .values_list("week", "number"),
        ") i",
    ]
)


def weeks(*, owner_id: int, at: datetime) -> Sequence[Week]:
    """Return the last weeks, this one the last of them; a week in which nothing happened is there too.

    An application belongs to the week in which it was sent, one of which that is not known to the week in which it was
    written down; an interview to the week of its day. One without a day belongs to none.

    :param at: the time on the owner's clock
    """
    first = at.date() - timedelta(days=at.weekday(), weeks=WEEKS - 1)
    mondays = [first + timedelta(weeks=week) for week in range(WEEKS + 1)]
    beginnings = {
        f"begin{week}": datetime.combine(monday, time.min, tzinfo=at.tzinfo).astimezone(UTC)
        for week, monday in enumerate(mondays)
    }
    rows = _WEEKLY.rows(owner_id=owner_id, first=first, end=mondays[-1], **beginnings)
    found = {(kind, week): number for kind, week, number in rows}
    return [
        Week("{}-W{:02}".format(*monday.isocalendar()[:2]), found.get((1, week), 0), found.get((2, week), 0))
        for week, monday in enumerate(mondays[:-1])
    ]


_BUSIEST = Statement(
    lambda: [
        "SELECT c.* FROM (",
        applications()
        .values("company_id", "company__name")
        .annotate(number=Count("pk"))
        .order_by("-number", "company__name", "company_id")
        .values_list("company__name", "number"),
        ") c LIMIT ",
        Slot("limit", models.IntegerField()),
    ]
)


def busiest_companies(*, owner_id: int, limit: int) -> list[tuple[str, int]]:
    """Return the companies with the most applications: name and number."""
    return [(name, number) for name, number in _BUSIEST.rows(owner_id=owner_id, limit=limit)]
