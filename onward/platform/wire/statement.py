"""Queries compiled once and run with values afterwards.

Building and compiling an ORM expression costs several times what running it costs, so a read is written as a
queryset with named parameters, compiled once, and run on the driver with its values.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.expressions import Expression
from django.db.models.sql import UpdateQuery

Queryset = models.QuerySet[Any, Any]
if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field


class Slot:
    """The place of a named value among a statement's parameters, and how the database wants that value."""

    __slots__ = ("field", "name")

    def __init__(self, name: str, field: Field) -> None:
        self.name = name
        self.field = field

    def __repr__(self) -> str:
        return f"Slot({self.name})"


class Param(Expression):
    """A value that is named now and given when the statement runs."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [Slot(self.name, self.output_field)]


# Values of these fields reach both drivers as they are.
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


class Compiled:
    """One statement in one database's words, with the places of its parameters."""

    __slots__ = ("_fixed", "_slots", "sql", "vendor")

    def __init__(self, sql: str, parameters: Sequence[Any], vendor: str) -> None:
        self.vendor = vendor
        # sqlite3 marks a place with `?`; psycopg reads `%s` itself.
        self.sql = re.sub(r"%(.)", lambda m: "?" if m[1] == "s" else m[1], sql) if vendor == "sqlite" else sql
        self._fixed = [None if isinstance(p, Slot) else p for p in parameters]
        # A value that stands at several places is prepared once.
        places: dict[tuple[str, int], list[int]] = {}
        fields: dict[tuple[str, int], Field | None] = {}
        for place, p in enumerate(parameters):
            if isinstance(p, Slot):
                key = p.name, id(p.field)
                places.setdefault(key, []).append(place)
                fields[key] = None if isinstance(p.field, _PLAIN) else p.field
        self._slots = [(key[0], field, tuple(places[key])) for key, field in fields.items()]

    def run(self, database: Any, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """Run on a connection, whose words it is in.

        :raises KeyError: when a parameter has no value
        """
        rows: list[tuple[Any, ...]] = database.run_directly(self.sql, self.bound(database, values))
        return rows

    def bound(self, database: Any, values: dict[str, Any]) -> list[Any]:
        """Return the parameters with these values in their places.

        :raises KeyError: when one has no value
        """
        parameters = self._fixed.copy()
        for name, field, places in self._slots:
            value = values[name]
            if field is not None:
                value = field.get_db_prep_value(value, database)
            for place in places:
                parameters[place] = value
        return parameters


class Update:
    """The change of a queryset's rows, for a statement that returns what they hold after it.

    :param returning: columns
    :param values: by field: values and expressions, parameters among them
    """

    def __init__(self, rows: Queryset, *, returning: Sequence[str], **values: Any) -> None:
        self._rows = rows
        self._returning = returning
        self._values = values

    def as_sql(self) -> tuple[str, list[Any]]:
        """Compile it for the connection at hand."""
        query: Any = self._rows.query.chain(UpdateQuery)
        query.add_update_values(self._values)
        sql, parameters = query.get_compiler(connection=connection).as_sql()
        columns = ", ".join(connection.ops.quote_name(name) for name in self._returning)
        return f"{sql} RETURNING {columns}", list(parameters)


class Insert:
    """The rows of a queryset put into a table, for a statement. What the table has already is left as it is.

    :param values: by column, in the words of the queryset: expressions, parameters among them
    """

    def __init__(self, model: type[models.Model], rows: Queryset, **values: Any) -> None:
        self._table = model._meta.db_table
        self._rows = rows.annotate(**{f"_{column}": value for column, value in values.items()})
        self._columns = list(values)

    def as_sql(self) -> tuple[str, list[Any]]:
        """Compile it for the connection at hand."""
        rows = self._rows.values_list(*(f"_{column}" for column in self._columns))
        sql, parameters = rows.query.get_compiler(connection=connection).as_sql()
        quote = connection.ops.quote_name
        columns = ", ".join(map(quote, self._columns))
        return f"INSERT INTO {quote(self._table)} ({columns}) {sql} ON CONFLICT DO NOTHING", list(parameters)


Part = str | Slot | Queryset | Update | Insert


def compiled(parts: Iterable[Part]) -> Compiled:
    """Compile SQL in which querysets and values to come may stand, for the connection at hand."""
    text: list[str] = []
    parameters: list[Any] = []
    for part in parts:
        if isinstance(part, str):
            text.append(part)
            continue
        if isinstance(part, Slot):
            text.append("%s")
            parameters.append(part)
            continue
        sql, given = (
            part.as_sql()
            if isinstance(part, Update | Insert)
            else part.query.get_compiler(connection=connection).as_sql()
        )
        text.append(sql)
        parameters.extend(given)
    return Compiled("".join(text), parameters, connection.vendor)


class Statement:
    """A queryset with named parameters, compiled at its first use.

    :param source: returns the queryset, an :class:`Update` or :class:`Insert`, or a list of SQL and these that make one
        statement; called once per database
    """

    def __init__(self, source: Callable[[], Queryset | Update | Insert | Sequence[Part]]) -> None:
        self._source = source
        self._compiled: dict[str, Compiled] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run with these values and return all rows, as the driver gives them."""
        # Looked up once: every attribute of django.db.connection is a search for this thread's connection.
        database = connections[DEFAULT_DB_ALIAS]
        return self._for(database).run(database, values)

    def bound(self, **values: Any) -> tuple[str, list[Any]]:
        """Return its SQL in the words of the connection at hand, and the parameters, for a statement that holds it."""
        database = connections[DEFAULT_DB_ALIAS]
        found = self._for(database)
        return found.sql, found.bound(database, values)

    def _for(self, database: Any) -> Compiled:
        found = self._compiled.get(database.vendor)
        if found is None:
            source = self._source()
            parts = [source] if isinstance(source, models.QuerySet | Update | Insert) else source
            found = self._compiled[database.vendor] = compiled(parts)
        return found

    def first(self, **values: Any) -> tuple[Any, ...] | None:
        """Run with these values and return the first row, or none."""
        return next(iter(self.rows(**values)), None)
