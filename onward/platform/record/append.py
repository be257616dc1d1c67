"""Writing one row by a statement that was compiled once.

Saving a model instance builds and compiles the same INSERT every time, which costs several times what running it
costs. Services on the hot path append instead.
"""

import json
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

Convert = Callable[[Any], Any]
if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field

INTEGERS = ("BigIntegerField", "IntegerField", "SmallIntegerField", "BigAutoField", "AutoField")
COUNTS = ("PositiveIntegerField", "PositiveSmallIntegerField", "PositiveBigIntegerField")
TEXTS = ("CharField", "TextField")
PLAIN = (models.CharField.get_prep_value, models.TextField.get_prep_value)


def append(model: type[models.Model], /, **values: Any) -> Any:
    """Insert one row and return its primary key, without making an instance and without reading anything back.

    :param values: by column, foreign keys as ``owner_id=``; what is not named gets the field's default
    :raises TypeError: when a value names no column, or one without a default is not given
    :raises django.db.IntegrityError: as the database says; the transaction is then broken, as after a failed save
    """
    # Looked up once: every attribute of django.db.connection is a search for this thread's connection.
    database = connections[DEFAULT_DB_ALIAS]
    return _insert(model, database).run(database, values)


# Of few sizes, so that few statements are prepared. SQLite takes 32,766 values with one, PostgreSQL twice as many.
SIZES = (500, 200, 100, 50, 20, 10, 5, 2, 1)
PLACES = 32_000


def sizes(places: int) -> list[int]:
    """Return how many rows a statement may take at once, the most first. :param places: of one row"""
    return [size for size in SIZES if size == 1 or size * places <= PLACES]


def append_all(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> list[Any]:
    """Insert rows, up to 500 with a statement, and return their primary keys in the order of the rows.

    :param rows: each as `append` takes its values
    """
    database = connections[DEFAULT_DB_ALIAS]
    insert = _insert(model, database)
    keys: list[Any] = []
    for size in insert.sizes:
        while len(rows) - len(keys) >= size:
            keys += insert.run_many(database, rows[len(keys) : len(keys) + size])
    return keys


def _insert(model: type[models.Model], database: BaseDatabaseWrapper) -> "Insert":
    found = _inserts.get((model, database.vendor))
    if found is None:
        found = _inserts[model, database.vendor] = Insert(model, database)
    return found


class Insert:
    """The INSERT of one model in one database's words."""

    __slots__ = ("_columns", "_head", "_key", "_names", "_places", "_reads_key", "_tail", "sizes", "sql", "vendor")

    def __init__(self, model: type[models.Model], database: BaseDatabaseWrapper) -> None:
        options = model._meta
        key = options.pk
        vendor = database.vendor
        self.vendor = vendor
        self._key = key.attname
        self._reads_key = key.get_internal_type().endswith("AutoField")
        fields = [f for f in options.concrete_fields if not (f is key and self._reads_key)]
        quote = database.ops.quote_name
        place = "?" if vendor == "sqlite" else "%s"
        columns = ", ".join(quote(f.column) for f in fields)
        places = ", ".join([place] * len(fields))
        self._head = f"INSERT INTO {quote(options.db_table)} ({columns}) VALUES "
        self._places = f"({places})"
        self._tail = f" RETURNING {quote(key.column)}" if self._reads_key else ""
        self.sql = f"{self._head}{self._places}{self._tail}"
        self._names = frozenset(f.attname for f in fields)
        self._columns = [(f.attname, _default(f), *conversion(f, vendor)) for f in fields]
        self.sizes = sizes(len(fields))

    def run(self, database: Any, values: dict[str, Any]) -> Any:
        """Insert a row with these values and return its primary key."""
        rows = run_write(database, self.sql, self._parameters(values))
        return rows[0][0] if self._reads_key else values[self._key]

    def run_many(self, database: Any, rows: Sequence[dict[str, Any]]) -> list[Any]:
        """Insert rows with one statement and return their primary keys."""
        sql = f"{self._head}{', '.join([self._places] * len(rows))}{self._tail}"
        made = run_write(database, sql, [value for row in rows for value in self._parameters(row)])
        return [key for (key,) in made] if self._reads_key else [row[self._key] for row in rows]

    def _parameters(self, values: dict[str, Any]) -> list[Any]:
        if not self._names >= values.keys():
            unknown = ", ".join(sorted(values.keys() - self._names))
            raise TypeError(f"no such column: {unknown} (foreign keys are named with _id)")
        parameters = []
        for name, default, kind, quick, convert in self._columns:
            if name not in values:
                values[name] = default()
            value = values[name]
            parameters.append(None if value is None else quick(value) if type(value) is kind else convert(value))
        return parameters


def run_write(database: Any, sql: str, parameters: list[Any]) -> Any:
    """Run a statement that writes. One that fails breaks the transaction around it, as a failed save does."""
    try:
        return database.run_directly(sql, parameters)
    except DatabaseError as problem:
        # As Model.save does: who catches this inside a transaction cannot go on in it.
        if database.in_atomic_block:
            database.needs_rollback = True
            database.rollback_exc = problem
        raise


_inserts: dict[tuple[type[models.Model], str], Insert] = {}


def _default(field: Field) -> Callable[[], Any]:
    if field.has_default():
        default = field.default
        return default if callable(default) else lambda: default
    if field.null:
        return lambda: None

    def missing() -> Any:
        raise TypeError(f"{field.attname} must be given")

    return missing


def conversion(field: Field, vendor: str) -> tuple[type, Convert, Convert]:
    """Return the type of value that has a short way to the driver, that way, and the way of every other value.

    The short ways lead where the long one does. PostgreSQL gets text and reads it by the column's type: one
    prepared statement then serves all values, where numbers of different sizes would each have their own.
    """

    def prepared(value: Any) -> Any:
        prepared = field.get_db_prep_save(value, connection)
        # A member of a TextChoices is text already; as plain text it keeps the driver from looking further.
        return str.__str__(prepared) if isinstance(prepared, str) else prepared

    target = field.target_field if isinstance(field, models.ForeignKey) else field
    quick = _quick(target, vendor)
    return (*quick, prepared) if quick else (_Nothing, prepared, prepared)


class _Nothing:
    """The type of no value."""


def _quick(field: Field, vendor: str) -> tuple[type, Convert] | None:
    on_sqlite = vendor == "sqlite"
    match field.get_internal_type():
        case kind if kind in TEXTS:
            # A field with ideas of its own about its values keeps them.
            return (str, _same) if type(field).get_prep_value in PLAIN else None
        case kind if kind in INTEGERS or kind in COUNTS:
            return int, _same if on_sqlite else str
        case "BooleanField":
            return bool, int if on_sqlite else str
        case "DateTimeField":
            return datetime, _naive_in_utc if on_sqlite else _with_zone
        case "DateField":
            return date, date.isoformat
        case "UUIDField":
            return uuid.UUID, _hex if on_sqlite else str
        case "JSONField":
            encoder = getattr(field, "encoder", None)
            return dict, lambda value: json.dumps(value, cls=encoder)
    return None


def _same(value: Any) -> Any:
    return value


def _hex(value: uuid.UUID) -> str:
    return value.hex


def _with_zone(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return value.isoformat()


def _naive_in_utc(value: datetime) -> str:
    """Write an instant as Django's SQLite backend does."""
    if value.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return str(value.astimezone(UTC).replace(tzinfo=None))
