"""Wire classes, and the JSON expression that each one means."""

import typing
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, get_args, get_origin
from uuid import UUID

from django.db import models
from django.db.models import Case, F, OuterRef, Subquery, When
from django.db.models.expressions import Combinable
from pydantic import BaseModel, ConfigDict

from onward.platform.wire.encoders import (
    Document,
    Encoded,
    EncodedBoolean,
    EncodedDate,
    EncodedDecimal,
    EncodedFloat,
    EncodedInstant,
    EncodedInteger,
    EncodedJSON,
    EncodedText,
    EncodedTime,
    EncodedUUID,
)
from onward.platform.wire.fields import From, Many, Path


class Wire(BaseModel):
    """What an answer is made of: its fields in their order, each with its type and its source."""

    model_config = ConfigDict(from_attributes=True)


# The first that fits decides: a datetime is a date too, and a bool an int.
_ENCODERS: tuple[tuple[type, type[Encoded]], ...] = (
    (Enum, EncodedText),
    (str, EncodedText),
    (bool, EncodedBoolean),
    (int, EncodedInteger),
    (float, EncodedFloat),
    (Decimal, EncodedDecimal),
    (datetime, EncodedInstant),
    (date, EncodedDate),
    (time, EncodedTime),
    (UUID, EncodedUUID),
    (dict, EncodedJSON),
    (list, EncodedJSON),
)


class _Rows(Subquery):
    """The documents of a subquery as one JSON array."""

    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # json_agg would put spaces between the elements.
        template = (
            "(SELECT ('[' || coalesce(string_agg(s.document::text, ','), '') || ']')::json FROM (%(subquery)s) s)"
        )
        return self.as_sql(compiler, connection, template=template, **context)  # type: ignore[call-arg]

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(SELECT json_group_array(json(s.document)) FROM (%(subquery)s) s)"
        return self.as_sql(compiler, connection, template=template, **context)  # type: ignore[call-arg]


def document(wire: type[Wire], *, under: str = "") -> Document:
    """Give the expression whose value is one row's JSON.

    :param under: the path from the row that the statement reads to the row that the document shows
    """

    def at(path: str) -> str:
        return f"{under}__{path}" if under else path

    # `model_fields` keeps the markers in the metadata; the bare type says how to encode.
    return Document(
        *((name, _value(name, info.annotation, info.metadata, at)) for name, info in wire.model_fields.items())
    )


def _value(name: str, annotation: Any, metadata: list[Any], at: Path) -> Combinable:
    source = next((m for m in metadata if isinstance(m, From | Many)), None)
    kind = _bare(annotation)
    if isinstance(source, Many):
        (element,) = get_args(kind)
        rows = source.rows().filter(**{source.by: OuterRef(at("pk"))})
        return _Rows(rows.annotate(document=document(element)).values("document"))
    if isinstance(kind, type) and issubclass(kind, Wire):
        path = at(_path(source, name))
        related = document(kind, under=path)
        # A related row that may be missing goes out as null, not as an object full of nulls.
        return EncodedJSON(Case(When(**{f"{path}__isnull": False}, then=related))) if _optional(annotation) else related
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


def _optional(annotation: Any) -> bool:
    return type(None) in get_args(annotation)


def _encoder(kind: Any) -> type[Encoded]:
    plain = get_origin(kind) or kind
    for known, encoder in _ENCODERS:
        if isinstance(plain, type) and issubclass(plain, known):
            return encoder
    if plain is Any:
        return EncodedJSON
    raise TypeError(f"no encoder for {kind!r}")
