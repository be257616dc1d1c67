"""The table: somebody's applications as rows, sorted as they like."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, F, QuerySet, Value, Window

from onward.domain.insight.queries.wanted import (
    EVERYTHING,
    PRIORITY_RANK,
    Shape,
    Wanted,
    shape_of,
    values_of,
    wanted_rows,
)
from onward.platform.wire import Param, Statement
from onward.platform.wire.values import instant, plain_day

# Each in its usual direction; a minus before it turns it round.
SORTS: Mapping[str, Any] = {
    "company": F("company__name_key"),
    "title": F("job_title"),
    "status": F("status"),
    "priority": PRIORITY_RANK,
    "location": F("location"),
    "source": F("source"),
    "salary": F("salary_max"),
    "applied": F("applied_date"),
    "deadline": F("deadline"),
    "next": F("next_action_date"),
    "touched": F("updated_at"),
}
# The latest first.
DESCENDING = {"applied", "touched", "salary"}
_SHOWN = (
    *("pk", "company__name", "job_title", "status", "priority", "location", "work_type", "source"),
    *("salary_min", "salary_max", "salary_currency", "next_action", "applied_date", "deadline", "next_action_date"),
    "updated_at",
)


class Row(NamedTuple):
    """An application in the table."""

    id: int
    company: str
    title: str
    status: str
    priority: str
    location: str
    work_type: str
    source: str
    salary_min: int | None
    salary_max: int | None
    salary_currency: str
    next_action: str
    applied_date: date | None
    deadline: date | None
    next_action_date: date | None
    updated_at: datetime


class Page(NamedTuple):
    """A page of the table. :ivar total: how many rows there are on all pages together"""

    total: int
    rows: list[Row]


def _order(sort: str) -> list[Any]:
    key = sort.removeprefix("-")
    down = (key in DESCENDING) is not sort.startswith("-")
    by = SORTS[key].desc(nulls_last=True) if down else SORTS[key].asc(nulls_last=True)
    return [by, F("pk").desc()]


@cache
def _statement(shape: Shape, sort: str) -> Statement:
    def rows() -> QuerySet[Any, Any]:
        found = wanted_rows(shape).annotate(total=Window(Count("pk"), partition_by=[Value(1)]))
        return found.order_by(*_order(sort)).values_list("total", *_SHOWN)

    return Statement(lambda: ["SELECT * FROM (", rows(), ") t LIMIT ", _slot("limit"), " OFFSET ", _slot("offset")])


@cache
def _keys(shape: Shape, sort: str) -> Statement:
    return Statement(lambda: wanted_rows(shape).order_by(*(_order(sort) if sort else ["pk"])).values_list("pk"))


def _slot(name: str) -> Any:
    return Param(name, models.IntegerField()).as_sql(None, None)[1][0]


def table(*, owner_id: int, now: datetime, sort: str, limit: int, offset: int, wanted: Wanted = EVERYTHING) -> Page:
    """Return a page of somebody's table. :param sort: one of `SORTS`, with a minus the other way round"""
    values = values_of(wanted, owner_id=owner_id, now=now)
    found = _statement(shape_of(wanted), sort).rows(limit=limit, offset=offset, **values)
    rows = [
        Row._make((pk, *plain, plain_day(applied), plain_day(deadline), plain_day(due), instant(updated)))
        for _, pk, *plain, applied, deadline, due, updated in found
    ]
    return Page(found[0][0] if found else 0, rows)


def keys(*, owner_id: int, now: datetime, wanted: Wanted = EVERYTHING, sort: str = "") -> list[int]:
    """Return the ids of all that somebody wants to see, on all pages.

    :param sort: as in `table`; none: in the order in which they were made
    """
    return [pk for (pk,) in _keys(shape_of(wanted), sort).rows(**values_of(wanted, owner_id=owner_id, now=now))]
