"""Wire classes, and the JSON expression that each one means."""

import typing
from collections.abc import Collection
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, get_args, get_origin
from uuid import UUID

from django.db import connection, models
from django.db.models import Case, F, OuterRef, Subquery, When
from django.db.models.expressions import Combinable
from pydantic import BaseModel, ConfigDict

from onward.platform.wire.encoders import (
    Document,
    Encoded,
    EncodedBoolean,
    EncodedDate,
    EncodedDecimal,
    EncodedInstant,
    EncodedInteger,
    EncodedJSON,
    EncodedNumber,
    EncodedText,
    EncodedTime,
    EncodedUUID,
)
from onward.platform.wire.fields import First, From, Many, Path
from onward.platform.wire.statement import Param, Queryset, Slot


class Wire(BaseModel):
    """What an answer is made of: its fields in their order, each with its type and its source."""

    model_config = ConfigDict(from_attributes=True)


# The first that fits decides: a datetime is a date too, and a bool an int.
_ENCODERS: tuple[tuple[type, type[Encoded]], ...] = (
    (Enum, EncodedText),
    (str, EncodedText),
    (bool, EncodedBoolean),
    (int, EncodedInteger),
    (Decimal, EncodedDecimal),
    (float, EncodedNumber),
    (datetime, EncodedInstant),
    (date, EncodedDate),
    (time, EncodedTime),
    (UUID, EncodedUUID),
    (dict, EncodedJSON),
    (list, EncodedJSON),
)


class _Rows(Subquery):
    """The rows of a subquery as one JSON array.

    :param alias: what `shaped` says of them
    :param most: the parameter that says how many there may be
    """

    output_field = models.JSONField()

    def __init__(self, rows: Queryset, alias: str, most: Param | None = None) -> None:
        super().__init__(rows)
        self.alias = alias
        self.most = most

    def as_sql(self, compiler: Any, connection: Any, template: Any = None, **context: Any) -> Any:
        limit = "" if self.most is None else " LIMIT %%s"
        template = f"(SELECT {self.form(connection.vendor)} FROM (%(subquery)s{limit}) {self.alias})"
        sql, given = super().as_sql(compiler, connection, template=template, **context)  # type: ignore[call-arg]
        parameters: list[Any] = [*given]
        if self.most is not None:
            parameters.append(Slot(self.most.name, self.most.output_field))
        # SQLite forgets that a text is JSON when it leaves a subquery.
        return (f"json({sql})" if connection.vendor == "sqlite" else sql), parameters

    def form(self, vendor: str) -> str:
        """Return what is made of the rows."""
        return ARRAY[vendor]


class _First(_Rows):
    """The first row of a subquery as a JSON object, null without any. Its rows must be one at most, or sliced so."""

    def form(self, vendor: str) -> str:
        """Return what is made of the row."""
        return OBJECT[vendor]


# One row, and all rows, as JSON. PostgreSQL is given rows whose columns are the fields, because array_to_json writes
# those in one go and as compactly as Pydantic; json_agg and json_build_object put spaces in, and take longer.
OBJECT = {"postgresql": "row_to_json(s)", "sqlite": "s.document"}
ARRAY = {
    "postgresql": "coalesce(array_to_json(array_agg(s)), '[]')",
    "sqlite": "('[' || coalesce(group_concat(s.document, ','), '') || ']')",
}


def shaped(rows: Queryset, wire: type[Wire], fields: Collection[str] = ()) -> tuple[Queryset, str]:
    """Make rows give what :data:`OBJECT` and :data:`ARRAY` take.

    :param fields: those that are wanted; all, where none are named
    :returns: the rows, and the name by which they must be called in the statement around them
    """
    if connection.vendor == "sqlite":
        return rows.annotate(document=Document(*_columns(wire, "", fields))).values("document"), "s"
    columns = _columns(wire, "", fields)
    # Numbered, because a column may not be called like a field of the model; the statement around them names them.
    numbered = {f"c{number}": value for number, (_, value) in enumerate(columns)}
    names = ", ".join(f'"{name}"' for name, _ in columns)
    return rows.annotate(**numbered).values_list(*numbered), f"s({names})"


def _columns(wire: type[Wire], under: str, fields: Collection[str] = ()) -> list[tuple[str, Combinable]]:
    """Return the fields and their values. :param under: the path from the rows at hand to the row that is shown"""

    def at(path: str) -> str:
        return f"{under}__{path}" if under else path

    # `model_fields` keeps the markers in the metadata; the bare type says how to encode.
    return [
        (name, _value(name, info.annotation, info.metadata, at))
        for name, info in wire.model_fields.items()
        if not fields or name in fields
    ]


def _value(name: str, annotation: Any, metadata: list[Any], at: Path) -> Combinable:
    source = next((m for m in metadata if isinstance(m, From | Many)), None)
    kind = _bare(annotation)
    if isinstance(source, Many):
        rows = source.rows().filter(**{source.by: OuterRef(at(source.to))})
        if isinstance(source, First):
            return _First(*shaped(rows[:1], kind))
        (element,) = get_args(kind)
        return _Rows(*shaped(rows, element), source.most)
    if isinstance(kind, type) and issubclass(kind, Wire):
        path = at(_path(source, name))
        related = Document(*_columns(kind, path))
        # A related row that may be missing goes out as null, not as an object full of nulls.
        return EncodedJSON(Case(When(**{f"{path}__isnull": False}, then=related))) if optional(annotation) else related
    if source is None or isinstance(source.source, str):
        value: Combinable = F(at(_path(source, name)))
    else:
        value = source.source(at)
    if source is not None and source.lens is not None:
        value = source.lens.case(value)
    return _encoder(kind)(value)


def _path(source: From | None, name: str) -> str:
    if source is None:
        return name
    if not isinstance(source.source, str):
        raise TypeError(f"{name} shows a related row: its source must be a path")
    return source.source


def _bare(annotation: Any) -> Any:
    """Strip ``Annotated``, ``| None`` and ``Literal`` down to the type itself."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin is typing.Literal:
            return type(get_args(annotation)[0])
        elif type(None) in get_args(annotation):
            (annotation,) = (a for a in get_args(annotation) if a is not type(None))
        else:
            return annotation


def optional(annotation: Any) -> bool:
    """Return whether null is a value of a type."""
    return type(None) in get_args(annotation)


def _encoder(kind: Any) -> type[Encoded]:
    plain = get_origin(kind) or kind
    for known, encoder in _ENCODERS:
        if isinstance(plain, type) and issubclass(plain, known):
            return encoder
    if plain is Any:
        return EncodedJSON
    raise TypeError(f"no encoder for {kind!r}")
