"""Readings and listings: statements whose answers are JSON, ready to be sent."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import F, Q, Subquery
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from onward.platform.refusals import Missing
from onward.platform.search import Fold, folded
from onward.platform.search.among import AmongRows
from onward.platform.wire.statement import Compiled, Field, Param, Queryset, Slot, compiled
from onward.platform.wire.wire import ARRAY, OBJECT, Wire, shaped

# More words than this are looked for as one phrase: every number of words is a statement of its own.
MOST_WORDS = 4

_PLACE: Field = models.BigIntegerField()
# What follows rows of which a page is wanted.
_CUT: tuple[str | Slot, ...] = (" LIMIT ", Slot("limit", _PLACE), " OFFSET ", Slot("offset", _PLACE))
_AS_BYTES = {"postgresql": "{}", "sqlite": "CAST({} AS BLOB)"}
_AS_TEXT = {"postgresql": "::text", "sqlite": ""}


class Page(NamedTuple):
    """A page of a listing.

    :ivar total: how many rows there are on all pages together
    :ivar rows: the rows of this page, a JSON array
    """

    total: int
    rows: str


class _KeysOfPage(Subquery):
    """The keys of the rows on a page."""

    def as_sql(self, compiler: Any, connection: Any, template: Any = None, **context: Any) -> Any:
        template = "(%(subquery)s LIMIT %%s OFFSET %%s)"
        sql, parameters = super().as_sql(compiler, connection, template=template, **context)  # type: ignore[call-arg]
        return sql, [*parameters, *(part for part in _CUT if isinstance(part, Slot))]


class Reading:
    """One row, or all rows of a queryset, as JSON from one statement.

    :param wire: what a row looks like on the wire
    :param source: returns the queryset, with its parameters, filtered by what the reader may see
    :param fields: the fields to read; all, where none are named
    """

    def __init__(self, wire: type[Wire], source: Callable[[], Queryset], *, fields: Collection[str] = ()) -> None:
        self.wire = wire
        self._source = source
        self._fields = fields
        self._compiled: dict[tuple[str, str], Compiled] = {}

    def one(self, **values: Any) -> str | None:
        """Return the one row as a JSON object, or none."""
        rows = self._run("one", values)
        return rows[0][0] if rows else None

    def required(self, **values: Any) -> str:
        """Return the one row as a JSON object.

        :raises Missing: when there is none
        """
        document = self.one(**values)
        if document is None:
            raise Missing()
        return document

    def all(self, **values: Any) -> str:
        """Return all rows as a JSON array."""
        found: str = self._run("all", values)[0][0]
        return found

    def _run(self, what: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        # Looked up once, as in `Statement.rows`.
        database = connections[DEFAULT_DB_ALIAS]
        key = (database.vendor, what)
        found = self._compiled.get(key)
        if found is None:
            rows, alias = shaped(self._source(), self.wire, self._fields)
            form = (OBJECT if what == "one" else ARRAY)[key[0]] + _AS_TEXT[key[0]]
            found = self._compiled[key] = compiled([f"SELECT {form} FROM (", rows, f") {alias}"])
        return found.run(database, values)


class Listing:
    """A table to page through: filtered, searched and ordered, one statement for each such shape.

    :param wire: what a row looks like on the wire
    :param source: returns the queryset, with its parameters, filtered by what the reader may see
    :param filters: what a client may filter by; each condition takes its value from a parameter of its name
    :param search: the paths that a search looks in; every word must stand in one of them, in any case and accents
    :param values: the kinds of those parameters
    :param orders: the orders that a client may ask for: the column by name
    :param order: the order when none is asked for; every order ends with the key, so that pages never overlap
    :param counts: returns querysets of one number each, or none, which add up to how many rows there are where nothing
        is filtered or searched; without it they are counted
    """

    def __init__(
        self,
        wire: type[Wire],
        source: Callable[[], Queryset],
        *,
        filters: Mapping[str, Callable[[Param], Q]] | None = None,
        values: Mapping[str, Field] | None = None,
        search: Sequence[str] = (),
        orders: Mapping[str, str] | None = None,
        order: Sequence[str] = (),
        counts: Callable[[], Sequence[Queryset]] | None = None,
    ) -> None:
        self.wire = wire
        self._source = source
        self._counts = counts
        self._filters = dict(filters or {})
        self._values = dict(values or {})
        self._search = tuple(search)
        self._orders = dict(orders or {})
        self._order = tuple(order)
        self._compiled: dict[tuple[Any, ...], Compiled] = {}

    def page(
        self,
        *,
        limit: int,
        offset: int,
        filters: Mapping[str, Any] | None = None,
        search: str = "",
        order: str = "",
        **values: Any,
    ) -> Page:
        """Read one page, and count all rows, in one statement.

        :param filters: values by the names of the listing's filters
        :param search: words, separated by white space
        :param order: the name of an order, with ``-`` before it to turn it round; an unknown one is passed over
        """
        rows = self._run("page", filters or {}, search, order, {**values, "limit": limit, "offset": offset})
        return Page(*rows[0])

    def slice(
        self,
        *,
        limit: int,
        offset: int,
        filters: Mapping[str, Any] | None = None,
        search: str = "",
        order: str = "",
        **values: Any,
    ) -> bytes:
        """Read some rows as a JSON array, without counting the others; the parameters are those of `page`.

        Long lists are meant: bytes need not be read as text and written again.
        """
        rows = self._run("slice", filters or {}, search, order, {**values, "limit": limit, "offset": offset})
        found: bytes = rows[0][0]
        return found

    def keys(
        self, *, filters: Mapping[str, Any] | None = None, search: str = "", order: str = "", **values: Any
    ) -> list[Any]:
        """Return the keys of all rows in their order; the parameters are those of `page`."""
        return [key for (key,) in self._run("keys", filters or {}, search, order, {**values, "offset": 0})]

    def _run(
        self, what: str, filters: Mapping[str, Any], search: str, order: str, values: dict[str, Any]
    ) -> list[tuple[Any, ...]]:
        words = search.split() if self._search else []
        if len(words) > MOST_WORDS:
            words = [*words[: MOST_WORDS - 1], " ".join(words[MOST_WORDS - 1 :])]
        if order.removeprefix("-") not in self._orders:
            order = ""
        # PostgreSQL shapes the rows that it skips. SQLite hardly does, and would only look up the page's twice.
        database = connections[DEFAULT_DB_ALIAS]
        begin = "later" if values["offset"] and database.vendor == "postgresql" else "first"
        key = (database.vendor, what, begin, frozenset(filters), len(words), order)
        found = self._compiled.get(key)
        if found is None:
            found = self._compiled[key] = self._compile(what, begin, frozenset(filters), len(words), order)
        looked_for = {f"word{number}": folded(word) for number, word in enumerate(words)}
        return found.run(database, {**values, **filters, **looked_for})

    def _compile(self, what: str, begin: str, filters: frozenset[str], words: int, order: str) -> Compiled:
        rows = self._source()
        for name in sorted(filters):
            rows = rows.filter(self._filters[name](Param(name, self._values[name])))
        for number in range(words):
            # Folded once, before the database reads it.
            word = Param(f"word{number}", models.TextField())
            somewhere = Q()
            for path in self._search:
                somewhere |= Q(GreaterThan(StrIndex(Fold(F(path)), word), 0))
            rows = rows.filter(somewhere)
        wanted = rows.order_by(*self._ordering(order))
        if what == "keys":
            return compiled([wanted.values("pk")])
        cut = _CUT
        if begin == "later":
            # The keys of the page are chosen first, and nothing else is shaped.
            wanted, cut = wanted.filter(AmongRows(F("pk"), _KeysOfPage(wanted.values("pk")))), ()
        paged, alias = shaped(wanted, self.wire)
        vendor = connection.vendor
        form = _AS_BYTES[vendor].format(ARRAY[vendor]) if what == "slice" else ARRAY[vendor] + _AS_TEXT[vendor]
        array: list[str | Slot | Queryset] = [f"SELECT {form} FROM (", paged, *cut, f") {alias}"]
        if what == "slice":
            return compiled(array)
        return compiled(["SELECT (", *self._total(rows, is_whole=not filters and not words), "), (", *array, ")"])

    def _total(self, rows: Queryset, *, is_whole: bool) -> list[str | Slot | Queryset]:
        """Return what counts these rows. :param is_whole: whether nothing is filtered or searched"""
        if self._counts is None or not is_whole:
            return ["SELECT COUNT(*) FROM (", rows.order_by().values("pk"), ") c"]
        parts: list[str | Slot | Queryset] = []
        for number in self._counts():
            parts += [" + COALESCE((" if parts else "SELECT COALESCE((", number, "), 0)"]
        return parts

    def _ordering(self, order: str) -> list[Any]:
        if not order:
            return [*self._order, "-pk" if self._order and self._order[0].startswith("-") else "pk"]
        by = self._orders[order.removeprefix("-")]
        # "Nulls last" keeps an index from being used, so it is asked for only where there can be nulls.
        last = True if _may_be_null(self._source().model, by) else None
        if order.startswith("-"):
            return [F(by).desc(nulls_last=last), "-pk"]
        return [F(by).asc(nulls_last=last), "pk"]


def _may_be_null(model: Any, path: str) -> bool:
    """Whether a column, or one of the relations that lead to it, may be null. What is no column may be."""
    try:
        for name in path.split("__"):
            field = model._meta.get_field(name)
            if field.null:
                return True
            model = field.related_model
    except FieldDoesNotExist:
        return True
    return False
