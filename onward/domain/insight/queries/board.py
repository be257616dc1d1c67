"""The board: somebody's applications in columns, with the way that each has come."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Case, CharField, Count, F, OuterRef, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import RowNumber

from onward.domain.applications.choices import ACTIVE, Status
from onward.domain.applications.models import Application, StatusChange, Tagging
from onward.domain.insight.queries.wanted import (
    EVERYTHING,
    PRIORITY_RANK,
    Shape,
    Wanted,
    shape_of,
    values_of,
    wanted_rows,
)
from onward.domain.interviews.choices import InterviewStatus
from onward.domain.interviews.models import Interview
from onward.platform.wire import Param, Statement

# The columns in their order; what is over stands together in the last one.
ENDED = "ended"
COLUMNS = (Status.WISHLIST, *ACTIVE, ENDED)
# In what order the cards of a column stand: what is due first, unless somebody wishes otherwise.
ORDERS: Mapping[str, Sequence[Any]] = {
    "urgency": (F("next_action_date").asc(nulls_last=True), F("updated_at").desc(), F("pk").desc()),
    "touched": (F("updated_at").desc(), F("pk").desc()),
    "applied": (F("applied_date").desc(nulls_last=True), F("pk").desc()),
    "priority": (PRIORITY_RANK.asc(), F("next_action_date").asc(nulls_last=True), F("pk").desc()),
    "company": (F("company__name_key").asc(), F("pk").desc()),
}


class Card(NamedTuple):
    """An application on the board.

    :ivar moves: its statuses and when it came to each, the first first
    :ivar tags: names with colours
    :ivar interview: when the next one is, if one is planned
    """

    id: int
    company: str
    title: str
    status: str
    priority: str
    location: str
    work_type: str
    applied_date: date | None
    next_action: str
    next_action_date: date | None
    deadline: date | None
    resume: str | None
    interview: datetime | None
    updated_at: datetime
    moves: Sequence[tuple[str, datetime]]
    tags: Sequence[tuple[str, str]]


class Column(NamedTuple):
    """A column. :ivar total: how many applications stand in it, whether or not they are shown"""

    key: str
    total: int
    cards: list[Card]


_SHOWN = (
    *("pk", "company__name", "job_title", "status", "priority", "location", "work_type"),
    *("applied_date", "next_action", "next_action_date", "deadline", "resume__version_name"),
    *("interview", "updated_at"),
)


def _placed(shape: Shape, order: str) -> QuerySet[Application, Any]:
    planned = Interview.objects.filter(
        application_id=OuterRef("pk"),
        status=InterviewStatus.SCHEDULED,
        scheduled_at__gte=Param("now", models.DateTimeField()),
    )
    standing = Case(
        When(status__in=COLUMNS[:-1], then=F("status")), default=Value(ENDED), output_field=CharField(max_length=20)
    )
    return (
        wanted_rows(shape)
        .annotate(
            standing=standing,
            interview=Subquery(planned.order_by("scheduled_at").values("scheduled_at")[:1]),
            place=Window(RowNumber(), partition_by=[F("standing")], order_by=list(ORDERS[order])),
            among=Window(Count("pk"), partition_by=[F("standing")]),
        )
        .filter(place__lte=Param("limit", models.IntegerField()))
    )


class _Statements(NamedTuple):
    cards: Statement
    moves: Statement
    tags: Statement


@cache
def _statements(shape: Shape, order: str) -> _Statements:
    def keys() -> QuerySet[Application, Any]:
        return _placed(shape, order).values("pk")

    return _Statements(
        Statement(
            lambda: _placed(shape, order).order_by("standing", "place").values_list("standing", "among", *_SHOWN)
        ),
        Statement(
            lambda: (
                StatusChange.objects.filter(application_id__in=keys())
                .order_by("application_id", "changed_at", "pk")
                .values_list("application_id", "after", "changed_at")
            )
        ),
        Statement(
            lambda: (
                Tagging.objects.filter(application_id__in=keys())
                .order_by("application_id", "tag__name_key")
                .values_list("application_id", "tag__name", "tag__color")
            )
        ),
    )


def board(
    *, owner_id: int, now: datetime, limit: int, wanted: Wanted = EVERYTHING, order: str = "urgency"
) -> list[Column]:
    """Return somebody's board.

    :param limit: how many cards a column has at most
    :param order: one of `ORDERS`
    """
    ask = _statements(shape_of(wanted), order)
    values = {"now": now, "limit": limit, **values_of(wanted, owner_id=owner_id, now=now)}
    moves: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for pk, after, at in ask.moves.rows(**values):
        moves[pk].append((after, instant(at)))
    tags: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, name, color in ask.tags.rows(**values):
        tags[pk].append((name, color))
    columns = {key: Column(key, 0, []) for key in COLUMNS}
    for standing, among, pk, *row in ask.cards.rows(**values):
        column = columns[standing]
        columns[standing] = column._replace(total=among)
        *plain, applied, action, due, deadline, resume, interview, updated = row
        days = plain_day(applied), action, plain_day(due), plain_day(deadline)
        kept = (*plain, *days, resume, interview and instant(interview), instant(updated))
        card = Card._make((pk, *kept, moves[pk], tags[pk]))
        column.cards.append(card)
    return list(columns.values())


def instant(value: Any) -> datetime:
    """Return a time as a statement's row holds it."""
    # SQLite's driver returns text, or a time that names no zone; both are UTC.
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def plain_day(value: Any) -> date | None:
    """Return a day as a statement's row holds it."""
    return date.fromisoformat(value) if isinstance(value, str) else value
