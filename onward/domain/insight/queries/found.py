"""What a word finds: applications by title and company, and the people at them."""

from functools import cache
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from onward.domain.applications.queries import applications
from onward.domain.contacts.models import Contact
from onward.domain.insight.queries.wanted import words_of
from onward.platform.wire import OWNER, Fold, Param, Statement


class Hit(NamedTuple):
    """Something that was found. :ivar icon: of its kind, in the sprite"""

    application_id: int
    title: str
    beside: str
    icon: str


def _held(rows: Any, paths: tuple[str, ...], words: int) -> Any:
    for number in range(words):
        word = Param(f"word{number}", models.TextField())
        rows = rows.filter(Q(*(Q(GreaterThan(StrIndex(Fold(F(path)), word), 0)) for path in paths), _connector=Q.OR))
    return rows


@cache
def _statements(words: int) -> tuple[Statement, Statement]:
    limit = Param("limit", models.IntegerField())

    def limited(rows: Any) -> Any:
        return ["SELECT * FROM (", rows, ") t LIMIT ", limit.as_sql(None, None)[1][0]]

    return (
        Statement(
            lambda: limited(
                _held(applications(), ("job_title", "company__name"), words)
                .order_by("-updated_at", "-pk")
                .values_list("pk", "job_title", "company__name")
            )
        ),
        Statement(
            lambda: limited(
                _held(Contact.objects.filter(owner_id=OWNER, application__isnull=False), ("name", "email"), words)
                .order_by("name", "pk")
                .values_list("application_id", "name", "company_name")
            )
        ),
    )


def found(*, owner_id: int, search: str, limit: int) -> list[Hit]:
    """Return what somebody's words find; of no words, the applications that were touched last.

    :param limit: how many of each kind
    """
    words = words_of(search)
    mine, people = _statements(len(words))
    values = {f"word{number}": word for number, word in enumerate(words)}
    hits = [Hit._make((*row, "square-kanban")) for row in mine.rows(owner_id=owner_id, limit=limit, **values)]
    if words:
        hits += [Hit._make((*row, "user")) for row in people.rows(owner_id=owner_id, limit=limit, **values)]
    return hits
