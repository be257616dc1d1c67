"""Changing many rows, each to values of its own, with few statements."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections, models

from onward.platform.record.append import conversion, run_write, sizes

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field


def change_all(model: type[models.Model], columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Set columns of rows that are there, up to 500 with a statement.

    :param columns: foreign keys as ``owner_id``
    :param rows: each with all of these columns, and the primary key by its name
    """
    database: Any = connections[DEFAULT_DB_ALIAS]
    key = model._meta.pk
    fields = [key, *(_column(model, name) for name in columns)]
    writers = [(field.attname, *conversion(field, database.vendor)) for field in fields]
    done = 0
    for size in sizes(len(fields)):
        sql = _statement(model, fields, size, database)
        while len(rows) - done >= size:
            parameters = []
            for row in rows[done : done + size]:
                for name, kind, quick, convert in writers:
                    value = row[name]
                    if value is not None:
                        value = quick(value) if type(value) is kind else convert(value)
                    parameters.append(value)
            run_write(database, sql, parameters)
            done += size


def _column(model: type[models.Model], name: str) -> Field:
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _statement(model: type[models.Model], fields: Sequence[Field], size: int, database: Any) -> str:
    quote = database.ops.quote_name
    table, (key, *columns) = quote(model._meta.db_table), [quote(field.column) for field in fields]
    if database.vendor == "sqlite":
        # What stands in VALUES has no names of its own there.
        names = [f"column{number}" for number in range(1, len(fields) + 1)]
        values, given = ", ".join([f"({', '.join('?' * len(fields))})"] * size), "given"
    else:
        names = [quote(field.column) for field in fields]
        # The types of the first row are those of all.
        typed = f"({', '.join(f'%s::{_kind(field, database)}' for field in fields)})"
        values = ", ".join([typed, *[f"({', '.join(['%s'] * len(fields))})"] * (size - 1)])
        given = f"given({', '.join(names)})"
    changes = ", ".join(f"{column} = given.{name}" for column, name in zip(columns, names[1:], strict=True))
    return f"UPDATE {table} SET {changes} FROM (VALUES {values}) AS {given} WHERE {table}.{key} = given.{names[0]}"


def _kind(field: Any, database: Any) -> str:
    """Return the type of a column, less its length: a value that is too long is refused, not cut."""
    kind = field.rel_db_type(database) if field.primary_key else field.db_type(database)
    return str(kind).partition("(")[0]
