"""The board: somebody's applications in columns, with the way that each has come."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, NamedTuple

from django.db import models
from django.db.models import F, OuterRef, Subquery
from pydantic import TypeAdapter

from onward.domain.applications.choices import ACTIVE, Status
from onward.domain.applications.models import StatusChange, Tagging
from onward.domain.applications.queries import applications
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
from onward.platform.search.among import Among
from onward.platform.wire import From, Many, Param, Reading, Statement, Wire
from onward.platform.wire.fields import Path

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


class Came(Wire):
    """A move of an application."""

    after: str
    changed_at: datetime


class CardTag(Wire):
    """A tag on a card."""

    name: Annotated[str, From("tag__name")]


def _next_interview(at: Path) -> Subquery:
    planned = Interview.objects.filter(
        application_id=OuterRef(at("pk")),
        status=InterviewStatus.SCHEDULED,
        scheduled_at__gte=Param("now", models.DateTimeField()),
    )
    return Subquery(planned.order_by("scheduled_at").values("scheduled_at")[:1])


class Card(Wire):
    """An application on the board.

    :ivar interview: when the next one is, if one is planned
    :ivar history: its statuses and when it came to each, the first first
    """

    id: int
    company: Annotated[str, From("company__name")]
    title: Annotated[str, From("job_title")]
    status: str
    priority: str
    location: str
    next_action: str
    next_action_date: date | None
    deadline: date | None
    resume: Annotated[str | None, From("resume__version_name")]
    interview: Annotated[datetime | None, From(_next_interview)]
    history: Annotated[list[Came], Many(lambda: StatusChange.objects.order_by("changed_at", "pk"), by="application_id")]
    tags: Annotated[list[CardTag], Many(lambda: Tagging.objects.order_by("tag__name_key"), by="application_id")]

    @property
    def moves(self) -> list[tuple[str, datetime]]:
        """Return its statuses and when it came to each, the first first."""
        return [(move.after, move.changed_at) for move in self.history]


_CARDS = TypeAdapter(list[Card])


class Column(NamedTuple):
    """A column.

    :ivar total: how many applications stand in it, whether or not they are shown
    :ivar begin: how many stand above the first that is shown
    """

    key: str
    total: int
    cards: list[Card]
    begin: int = 0

    @property
    def after(self) -> int:
        """Return where the next cards begin, or 0 when there are no more."""
        end = self.begin + len(self.cards)
        return end if end < self.total else 0


@cache
def _standing(shape: Shape, order: str) -> Statement:
    """Return the statement of all that is wanted, in its order: keys only, which cost least to put in order."""
    return Statement(lambda: wanted_rows(shape).order_by(*ORDERS[order]).values_list("pk", "status"))


@cache
def _shown() -> Reading:
    return Reading(Card, lambda: applications().filter(Among(F("pk"), Param("keys", models.TextField()))))


def board(
    *,
    owner_id: int,
    now: datetime,
    limits: Mapping[str, int],
    begin: int = 0,
    wanted: Wanted = EVERYTHING,
    order: str = "urgency",
) -> list[Column]:
    """Return somebody's board.

    :param limits: how many cards a column has at most, by its key; columns that are not named are left out
    :param begin: how many cards of each column stand above those
    :param order: one of `ORDERS`
    """
    values = values_of(wanted, owner_id=owner_id, now=now)
    standing: dict[str, list[int]] = defaultdict(list)
    for pk, status in _standing(shape_of(wanted), order).rows(**values):
        standing[status if status in COLUMNS else ENDED].append(pk)
    keys = {key: standing[key][begin : begin + limits[key]] for key in COLUMNS if key in limits}
    asked = json.dumps([pk for each in keys.values() for pk in each])
    cards = {card.id: card for card in _CARDS.validate_json(_shown().all(owner_id=owner_id, now=now, keys=asked))}
    # One that has been deleted between the two statements is in the first only.
    return [
        Column(key, len(standing[key]), [cards[pk] for pk in chosen if pk in cards], begin)
        for key, chosen in keys.items()
    ]
