"""Tables that go out: which columns they have, and their rows, read and written a page at a time."""

import csv
import io
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable

from onward.domain.exchange.cells import neutralise

# Rows asked for, and sent, at once.
PAGE = 1000
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    :param source: where the value comes from, as a queryset's ``values_list`` knows it, or an expression
    :param show: the value as text; nothing but the empty cell stands for None
    """

    header: str
    source: str | Combinable
    show: Callable[[Any], str] = str


def label(choices: Any) -> Callable[[Any], str]:
    """Return what shows a code by its label."""
    labels = dict(choices.choices)
    return lambda code: str(labels.get(code, code))


def instant(value: datetime) -> str:
    """Show an instant in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def sources_of(columns: Sequence[Column], *, more: Sequence[str] = ()) -> list[str | Combinable]:
    """Return what must be read for these columns, each once. :param more: what is read besides"""
    return list(dict.fromkeys([*(column.source for column in columns), *more]))


def pages(rows: QuerySet[Any], sources: Sequence[str | Combinable]) -> Iterator[list[Row]]:
    """Read rows in the order in which they were made, a page at a time."""
    found = rows.order_by("pk").values_list("pk", flat=True).iterator(10_000)
    # Sign-ins have UUIDs for keys; there are few of them.
    keys = list(found) if rows.model._meta.pk.get_internal_type() == "UUIDField" else array("q", found)
    # By keys alone: with the owner as well, SQLite would look through all that is theirs for each page.
    return pages_of(rows.model._default_manager.all(), keys, sources)


def pages_of(rows: QuerySet[Any], keys: Sequence[Any], sources: Sequence[str | Combinable]) -> Iterator[list[Row]]:
    """Read the rows of these keys, a page at a time, in the order of the keys. What has gone by now is left out.

    Which rows, was asked once (eight bytes a row); what is in them, page by page. Each page is a statement of its own,
    not a part of one that stays open: a reader as slow as it pleases holds no cursor, no snapshot and no transaction,
    and the parts may be made in different threads.
    """
    for start in range(0, len(keys), PAGE):
        part = list(keys[start : start + PAGE])
        found = {row[0]: row[1:] for row in rows.filter(pk__in=part).values_list("pk", *sources)}
        yield [found[key] for key in part if key in found]


def csv_file(
    found: Iterable[Sequence[Row]], sources: Sequence[str | Combinable], columns: Sequence[Column]
) -> Iterator[bytes]:
    """Write pages of rows as CSV, headers first. :param sources: what stands in the rows"""
    cells = [(sources.index(column.source), column.show) for column in columns]
    lines: list[list[str]] = [[column.header for column in columns]]
    for page in found:
        lines += (["" if row[place] is None else neutralise(show(row[place])) for place, show in cells] for row in page)
        yield _written(lines)
        lines = []
    if lines:
        yield _written(lines)


def _written(lines: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8", "replace")


def begun(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Make the first part now, so that a database that is down is an error and not a file that breaks off."""
    first = next(parts, b"")
    return chain([first], parts)
