"""Which of their applications somebody wants to see: by words, and by what is said of them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Case, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from onward.domain.applications.choices import ACTIVE, Priority, Status
from onward.domain.applications.models import Application, Note, StatusChange, Tagging
from onward.domain.applications.queries import applications
from onward.platform.search import folded
from onward.platform.wire import Fold, Param

# More words than this are looked for as one phrase.
MOST_WORDS = 4
SEARCHED = ("company__name", "job_title", "location")
# Days without an answer after which one may ask what became of it.
QUIET_DAYS = 14

Rows = QuerySet[Application, Any]


class Wanted(NamedTuple):
    """What is wanted. What is empty is not asked for.

    :ivar search: words that company, title, place, notes or tags must hold, all of them; in any case and accents
    :ivar tag: its name, in any case
    :ivar quiet: only those that nobody has answered for two weeks
    :ivar going: only those that have not ended
    """

    search: str = ""
    status: str = ""
    tag: str = ""
    company: int | None = None
    priority: str = ""
    work_type: str = ""
    source: str = ""
    resume: int | None = None
    since: date | None = None
    until: date | None = None
    quiet: bool = False
    going: bool = False


EVERYTHING = Wanted()


class Shape(NamedTuple):
    """What a statement is compiled for. :ivar filters: which are asked for"""

    words: int
    filters: frozenset[str]


def _quiet(rows: Rows) -> Rows:
    moves = StatusChange.objects.filter(application_id=OuterRef("pk")).order_by().values("application_id")
    last = Subquery(moves.annotate(last=Max("changed_at")).values("last"))
    return (
        rows.filter(status=Status.APPLIED)
        .annotate(heard=last)
        .filter(heard__lt=Param("quiet_since", models.DateTimeField()))
    )


_FILTERS: Mapping[str, Callable[[Rows], Rows]] = {
    "status": lambda rows: rows.filter(status=Param("status", models.TextField())),
    "tag": lambda rows: rows.filter(
        Exists(Tagging.objects.filter(application_id=OuterRef("pk"), tag__name_key=Param("tag", models.TextField())))
    ),
    "company": lambda rows: rows.filter(company_id=Param("company", models.BigIntegerField())),
    "priority": lambda rows: rows.filter(priority=Param("priority", models.TextField())),
    "work_type": lambda rows: rows.filter(work_type=Param("work_type", models.TextField())),
    "source": lambda rows: rows.filter(source=Param("source", models.TextField())),
    "resume": lambda rows: rows.filter(resume_id=Param("resume", models.BigIntegerField())),
    "since": lambda rows: rows.filter(applied_date__gte=Param("since", models.DateField())),
    "until": lambda rows: rows.filter(applied_date__lte=Param("until", models.DateField())),
    "quiet": _quiet,
    "going": lambda rows: rows.filter(status__in=(Status.WISHLIST, *ACTIVE)),
}


def words_of(search: str) -> list[str]:
    """Return what a search looks for, as the database compares it."""
    words = folded(search.replace("\0", "")).split()
    return words if len(words) <= MOST_WORDS else [" ".join(words)]


def shape_of(wanted: Wanted) -> Shape:
    """Return which statement answers this."""
    asked = frozenset(name for name in _FILTERS if getattr(wanted, name) not in {"", None, False})
    return Shape(len(words_of(wanted.search)), asked)


def values_of(wanted: Wanted, *, owner_id: int, now: datetime) -> dict[str, Any]:
    """Return the statement's values."""
    words = {f"word{number}": word for number, word in enumerate(words_of(wanted.search))}
    named = {name: getattr(wanted, name) for name in shape_of(wanted).filters - {"quiet", "going"}}
    return {"owner_id": owner_id, "quiet_since": now - timedelta(days=QUIET_DAYS), **named, **words}


def wanted_rows(shape: Shape) -> Rows:
    """Return the applications of a shape; the statement takes what `values_of` returns."""
    rows: Rows = applications()
    for name in sorted(shape.filters):
        rows = _FILTERS[name](rows)
    for number in range(shape.words):
        rows = rows.filter(_holds(Param(f"word{number}", models.TextField())))
    return rows


def _holds(word: Param) -> Q:
    def within(path: str) -> Any:
        return GreaterThan(StrIndex(Fold(F(path)), word), 0)

    places = [Q(within(path)) for path in SEARCHED]
    places.append(Q(Exists(Note.objects.filter(within("content"), application_id=OuterRef("pk")))))
    places.append(Q(Exists(Tagging.objects.filter(within("tag__name"), application_id=OuterRef("pk")))))
    return Q(*places, _connector=Q.OR)


_RANK = {Priority.HIGH: 0, Priority.MEDIUM: 1, "": 2, Priority.LOW: 3}
PRIORITY_RANK = Case(
    *(When(priority=priority, then=Value(rank)) for priority, rank in _RANK.items()), output_field=IntegerField()
)
