"""The table: somebody's applications as rows, sorted as they like."""

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, F, QuerySet, Value, Window

from onward.domain.applications.queries import applications
from onward.domain.insight.queries.board import instant, plain_day, searched, words_of
from onward.platform.wire import Param, Statement

SORTS = {
    "company": (F("company__name_key").asc(), F("pk").desc()),
    "title": (F("job_title").asc(), F("pk").desc()),
    "status": (F("status").asc(), F("pk").desc()),
    "applied": (F("applied_date").desc(nulls_last=True), F("pk").desc()),
    "next": (F("next_action_date").asc(nulls_last=True), F("pk").desc()),
    "touched": (F("updated_at").desc(), F("pk").desc()),
}


class Row(NamedTuple):
    """An application in the table."""

    id: int
    company: str
    title: str
    status: str
    priority: str
    location: str
    applied_date: date | None
    next_action: str
    next_action_date: date | None
    updated_at: datetime


class Page(NamedTuple):
    """A page of the table. :ivar total: how many rows there are on all pages together"""

    total: int
    rows: list[Row]


@cache
def _statement(words: int, sort: str) -> Statement:
    def rows() -> QuerySet[Any, Any]:
        found = searched(applications(), words).annotate(total=Window(Count("pk"), partition_by=[Value(1)]))
        return found.order_by(*SORTS[sort]).values_list(  # type: ignore[no-any-return]
            *("total", "pk", "company__name", "job_title", "status", "priority", "location"),
            *("applied_date", "next_action", "next_action_date", "updated_at"),
        )

    return Statement(lambda: ["SELECT * FROM (", rows(), ") t LIMIT ", _slot("limit"), " OFFSET ", _slot("offset")])


def _slot(name: str) -> Any:
    return Param(name, models.IntegerField()).as_sql(None, None)[1][0]


def table(*, owner_id: int, sort: str, limit: int, offset: int, search: str = "") -> Page:
    """Return a page of somebody's table. :param sort: one of `SORTS`"""
    words = words_of(search)
    values = {f"word{number}": word for number, word in enumerate(words)}
    found = _statement(len(words), sort).rows(owner_id=owner_id, limit=limit, offset=offset, **values)
    rows = [
        Row._make((pk, *before, plain_day(applied), action, plain_day(due), instant(updated)))
        for _, pk, *before, applied, action, due, updated in found
    ]
    return Page(found[0][0] if found else 0, rows)
