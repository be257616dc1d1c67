"""How each type is written as JSON, in each database's words, so that both give what Pydantic would.

``row_to_json`` and ``json_object`` write text, numbers and null alike; the rest is brought into shape here.
"""

from typing import Any

from django.db import models
from django.db.models import Func
from django.db.models.expressions import Combinable


class Encoded(Func):
    """A value in the shape in which it goes over the wire."""

    postgresql = "%(expressions)s"
    sqlite = "%(expressions)s"
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.postgresql, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.sqlite, **context)


class EncodedText(Encoded):
    # A parameter has no type of its own until it is given one.
    postgresql = "(%(expressions)s)::text"
    output_field = models.TextField()


class EncodedInteger(Encoded):
    postgresql = "(%(expressions)s)::bigint"
    output_field = models.BigIntegerField()


class EncodedBoolean(Encoded):
    # SQLite has no booleans: 1 and 0 would go out as numbers.
    sqlite = "json(CASE (%(expressions)s) WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)"
    output_field = models.BooleanField()


class EncodedInstant(Encoded):
    """``2026-01-16T10:00:00Z``, with six digits of fraction where there is a fraction."""

    postgresql = (
        "replace(to_char((%(expressions)s) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), '.000000Z', 'Z')"
    )
    # Django keeps instants there as text in UTC, without a fraction where there is none.
    sqlite = "(replace(%(expressions)s, ' ', 'T') || 'Z')"
    output_field = models.TextField()


class EncodedDate(Encoded):
    postgresql = "(%(expressions)s)::date"
    output_field = models.DateField()


class EncodedTime(Encoded):
    postgresql = "replace(to_char(%(expressions)s, 'HH24:MI:SS.US'), '.000000', '')"
    output_field = models.TextField()


class EncodedUUID(Encoded):
    postgresql = "(%(expressions)s)::text"
    output_field = models.TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # Kept there as 32 letters without dashes.
        source, parameters = compiler.compile(self.source_expressions[0])
        parts = [
            f"substr({source}, {start}, {length})" for start, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        ]
        return "(" + " || '-' || ".join(parts) + ")", [*parameters] * 5


class EncodedDecimal(Encoded):
    """A decimal goes out as text, with the places of its column."""

    postgresql = "(%(expressions)s)::text"
    output_field = models.TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        source = self.source_expressions[0]
        places = getattr(source.output_field, "decimal_places", None)
        sql, parameters = compiler.compile(source)
        # printf would write null as 0.
        return f"(CASE WHEN ({sql}) IS NOT NULL THEN printf('%%.{places}f', {sql}) END)", [*parameters] * 2


class EncodedNumber(Encoded):
    """A decimal goes out as a number, without the zeros at its end."""

    # SQLite keeps it as a number that has none.
    postgresql = "trim_scale((%(expressions)s)::numeric)"
    output_field = models.FloatField()


class EncodedJSON(Encoded):
    sqlite = "json(%(expressions)s)"
    output_field = models.JSONField()


class Document(Func):
    """A JSON object with these names, in this order."""

    output_field = models.JSONField()

    def __init__(self, *named: tuple[str, Combinable]) -> None:
        # Names are the wire classes' own, never a client's; they stand in the SQL as literals.
        self.names = tuple(name for name, _ in named)
        super().__init__(*(value for _, value in named))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # json_build_object puts spaces between names and values, and takes at most fifty pairs.
        columns, parameters = self._pairs(compiler, '{value} AS "{name}"')
        return f"(SELECT row_to_json(r) FROM (SELECT {columns}) r)", parameters

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        pairs, parameters = self._pairs(compiler, "'{name}', {value}")
        return f"json_object({pairs})", parameters

    def _pairs(self, compiler: Any, form: str) -> tuple[str, list[Any]]:
        pairs: list[str] = []
        parameters: list[Any] = []
        for name, source in zip(self.names, self.source_expressions, strict=True):
            sql, given = compiler.compile(source)
            pairs.append(form.format(name=name, value=sql))
            parameters.extend(given)
        return ", ".join(pairs), parameters
