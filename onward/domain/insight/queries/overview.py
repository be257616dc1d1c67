"""What the record says about a job hunt: numbers, asked of the applications and of their history."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Count, F, IntegerField, Max, Q, Sum, Value, When
from django.db.models.functions import TruncWeek

from onward.domain.applications.choices import ACTIVE, STAGES, Status
from onward.domain.applications.models import Application, StatusChange
from onward.domain.applications.queries import answered, applications
from onward.domain.interviews.queries import upcoming
from onward.platform.wire import OWNER, Param, Slot, Statement, days_between

_ANSWERED = Count("pk", filter=answered())
_SENT = ~Q(status=Status.WISHLIST)


@dataclass(frozen=True)
class Overview:
    """Where a job hunt stands.

    :ivar response_rate: answered of all that were sent, in percent, one decimal
    :ivar average_response_days: from application to answer, one decimal; none when no answer is dated
    :ivar by_status: how many stand at each status that any stands at
    """

    total: int
    active: int
    offers: int
    interviews_scheduled: int
    response_rate: float
    average_response_days: float | None
    by_status: dict[str, int]


# An answer from before it was sent says nothing about waiting.
_DATED = Q(response_date__gte=F("applied_date"))
# One row for each status. The interviews stand in each of them: there is none without an application.
_OVERVIEW = Statement(
    lambda: [
        "SELECT a.*, (SELECT COUNT(*) FROM (",
        upcoming().order_by().values("pk"),
        ") i) FROM (",
        applications()
        .values("status")
        .annotate(
            number=Count("pk"),
            answered=_ANSWERED,
            dated=Count("pk", filter=_DATED),
            days=Sum(days_between(F("applied_date"), F("response_date")), filter=_DATED),
        )
        .order_by(),
        ") a",
    ]
)


def overview(*, owner_id: int, at: datetime) -> Overview:
    """Return where somebody's job hunt stands, in one statement. :param at: the time on their clock"""
    rows = _OVERVIEW.rows(owner_id=owner_id, now=at, today=at.date())
    by_status = {status: number for status, number, *_ in rows}
    sent = sum(number for status, number, *_ in rows if status != Status.WISHLIST)
    heard = sum(row[2] for row in rows if row[0] != Status.WISHLIST)
    dated = sum(row[3] for row in rows)
    days = sum(int(row[4] or 0) for row in rows)
    return Overview(
        total=sum(by_status.values()),
        active=sum(by_status.get(status, 0) for status in ACTIVE),
        offers=by_status.get(Status.OFFER, 0) + by_status.get(Status.ACCEPTED, 0),
        interviews_scheduled=rows[0][5] if rows else 0,
        response_rate=percentage(heard, sent),
        average_response_days=round(days / dated, 1) if dated else None,
        by_status={status: by_status[status] for status in Status.values if status in by_status},
    )


def percentage(part: int, whole: int) -> float:
    """Return a share in percent, with one decimal; nothing of nothing is 0."""
    return round(part * 100 / whole, 1) if whole else 0.0


_BY_SOURCE = Statement(
    lambda: (
        applications()
        .filter(_SENT)
        .values("source")
        .annotate(total=Count("pk"), answered=_ANSWERED)
        .order_by("-total", "source")
        .values_list("source", "total", "answered")
    )
)


def by_source(*, owner_id: int) -> list[tuple[Any, ...]]:
    """Return, for each source, how many applications were sent and how many were answered; the largest first."""
    return _BY_SOURCE.rows(owner_id=owner_id)


_RANK = Case(
    *(When(after=stage, then=Value(rank)) for rank, stage in enumerate(STAGES, start=1)),
    # Refused, withdrawn or silent: sent at least. A wish that stays one was not.
    *(When(after=status, then=Value(1)) for status in Status if status not in {*STAGES, Status.WISHLIST}),
    default=Value(0),
    output_field=IntegerField(),
)
_REACHED = Statement(
    lambda: [
        "SELECT f.reached, COUNT(*) FROM (",
        StatusChange.objects.filter(application__owner_id=OWNER)
        .values("application_id")
        .annotate(reached=Max(_RANK))
        .order_by()
        .values("reached"),
        ") f GROUP BY f.reached",
    ]
)


def funnel(*, owner_id: int) -> tuple[list[tuple[str, int]], int]:
    """Return how many applications ever reached each stage, as their history tells, and how many there are in all."""
    reached = dict(_REACHED.rows(owner_id=owner_id))
    stages = [
        (str(stage), sum(number for furthest, number in reached.items() if furthest >= rank))
        for rank, stage in enumerate(STAGES, start=1)
    ]
    return stages, sum(reached.values())


_WEEKLY = Statement(
    lambda: (
        applications()
        .filter(applied_date__gte=Param("begin", models.DateField()))
        .filter(applied_date__lt=Param("end", models.DateField()))
        .annotate(week=TruncWeek("applied_date"))
        .values("week")
        .annotate(number=Count("pk"))
        .order_by("week")
        .values_list("week", "number")
    )
)


def weekly(*, owner_id: int, weeks: int, today: date) -> list[tuple[date, int]]:
    """Count the applications of each of the last weeks, by their Mondays.

    This week is the last of them; empty weeks are left out.
    """
    monday = today - timedelta(days=today.weekday())
    begin = monday - timedelta(weeks=weeks - 1)
    rows = _WEEKLY.rows(owner_id=owner_id, begin=begin, end=monday + timedelta(weeks=1))
    # The drivers give an instant, a date or a text; all of them begin with the day.
    return [(date.fromisoformat(str(week)[:10]), number) for week, number in rows]


_TOP_COMPANIES = Statement(
    lambda: [
        "SELECT t.* FROM (",
        Application.objects.filter(owner_id=OWNER)
        .values("company_id", "company__name")
        # Distinct, because the interviews multiply the rows.
        .annotate(number=Count("pk", distinct=True), meetings=Count("interviews", distinct=True))
        .order_by("-number", "company__name")
        .values_list("company_id", "company__name", "number", "meetings"),
        ") t LIMIT ",
        Slot("limit", models.IntegerField()),
    ]
)


def top_companies(*, owner_id: int, limit: int) -> list[tuple[Any, ...]]:
    """Return the companies with the most applications: id, name, applications and interviews."""
    return _TOP_COMPANIES.rows(owner_id=owner_id, limit=limit)
