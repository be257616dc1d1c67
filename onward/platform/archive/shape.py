"""Which tables and columns an archive holds, and in what form a value stands in it.

The tables are those of the migrations that are applied, not those of today's models: so a database that waits for its
migrations can be archived, and an older archive is loaded into the tables that it was made from.

A value's form is the same whichever database it came from:

=========  ===========================================================================
kind       form
=========  ===========================================================================
number     itself
text       itself
boolean    0 or 1
instant    ``2026-01-31 12:00:00.000000``, in UTC
date       ``2026-01-31``
time       ``12:00:00.000000``
decimal    text, with all the digits of its column
uuid       32 hexadecimal digits
json       its text
binary     hexadecimal digits
address    of a network, as text
=========  ===========================================================================
"""

from dataclasses import dataclass
from typing import Any, Literal

from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

Vendor = Literal["sqlite", "postgresql"]

# Sign-ins stay behind: one that was ended, or renewed, after the archive was made must not come back with it.
# So do indexes and what is counted: they are made anew of the rows.
LEFT_BEHIND = {
    *(("tokens", "session"), ("sessions", "session")),
    *(("search", "stale"), ("search", "word"), ("feed", "brief"), ("feed", "marketblock")),
    ("writing", "entrycount"),
}

KINDS = {
    "BigAutoField": "number",
    "AutoField": "number",
    "SmallAutoField": "number",
    "BigIntegerField": "number",
    "IntegerField": "number",
    "SmallIntegerField": "number",
    "PositiveBigIntegerField": "number",
    "PositiveIntegerField": "number",
    "PositiveSmallIntegerField": "number",
    "FloatField": "number",
    "CharField": "text",
    "TextField": "text",
    "SlugField": "text",
    "FileField": "text",
    "BooleanField": "boolean",
    "DateField": "date",
    "DateTimeField": "instant",
    "TimeField": "time",
    "DecimalField": "decimal",
    "UUIDField": "uuid",
    "JSONField": "json",
    "BinaryField": "binary",
    "GenericIPAddressField": "address",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column. :ivar digits: of a decimal, after its point"""

    name: str
    kind: str
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    :ivar model: the label of its model: ``resumes.resume``
    :ivar key: the name of its primary key, by which its rows are in order
    :ivar counts: whether the database numbers its rows
    """

    name: str
    model: str
    key: str
    counts: bool
    columns: tuple[Column, ...]

    def places_of(self, kind: str) -> list[int]:
        """Return where among the columns those of a kind are."""
        return [place for place, column in enumerate(self.columns) if column.kind == kind]


def tables(apps: Apps) -> list[Table]:
    """Return the tables of a state of the migrations that an archive holds, by name.

    :raises NotImplementedError: when a column is of a type that no archive knows
    """
    found = [
        _table(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and (model._meta.app_label, model._meta.model_name) not in LEFT_BEHIND
    ]
    return sorted(found, key=lambda table: table.name)


def all_names(apps: Apps) -> list[str]:
    """Name every table of a state of the migrations, those that are left behind included."""
    models_ = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models_ if model._meta.managed})


def _table(model: type[models.Model]) -> Table:
    options = model._meta
    fields = [field for field in options.concrete_fields if not getattr(field, "generated", False)]
    return Table(
        name=options.db_table,
        model=options.label_lower,
        key=options.pk.column,
        counts=options.pk.get_internal_type().endswith("AutoField"),
        columns=tuple(_column(field) for field in fields),
    )


def _column(field: Any) -> Column:
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    kind = KINDS.get(target.get_internal_type())
    if kind is None:
        raise NotImplementedError(f"{field}: an archive knows no {target.get_internal_type()}")
    return Column(field.column, kind, target.decimal_places if kind == "decimal" else 0)


def reading(table: Table, database: BaseDatabaseWrapper) -> str:
    """Write the SELECT that gives a table's rows in the archive's form, in the order of their keys."""
    quote = database.ops.quote_name
    read = READ[database.vendor]  # type: ignore[index]
    columns = ", ".join(read[column.kind].format(quote(column.name), digits=column.digits) for column in table.columns)
    # By their bytes, as SQLite does: a PostgreSQL may order texts by the rules of a language.
    text = next(column for column in table.columns if column.name == table.key).kind == "text"
    order = quote(table.key) + (' COLLATE "C"' if text and database.vendor == "postgresql" else "")
    return f"SELECT {columns} FROM {quote(table.name)} ORDER BY {order}"


def writing(table: Table, database: BaseDatabaseWrapper) -> str:
    """Write the statement that takes a table's rows in: an INSERT for SQLite, a COPY for PostgreSQL."""
    quote = database.ops.quote_name
    columns = ", ".join(quote(column.name) for column in table.columns)
    if database.vendor == "postgresql":
        return f"COPY {quote(table.name)} ({columns}) FROM STDIN"
    places = ", ".join(WRITE_SQLITE.get(column.kind, "?") for column in table.columns)
    return f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({places})"


_MICROSECONDS = "substr({0} || CASE instr({0}, '.') WHEN 0 THEN '.000000' ELSE '000000' END, 1, %d)"
READ: dict[Vendor, dict[str, str]] = {
    "sqlite": {
        "number": "{0}",
        "text": "{0}",
        "boolean": "{0}",
        "date": "{0}",
        "instant": _MICROSECONDS % 26,
        "time": _MICROSECONDS % 15,
        "decimal": "CASE WHEN {0} IS NOT NULL THEN printf('%.{digits}f', {0}) END",
        "uuid": "{0}",
        "json": "{0}",
        "binary": "CASE WHEN {0} IS NOT NULL THEN lower(hex({0})) END",
        "address": "{0}",
    },
    "postgresql": {
        "number": "{0}",
        "text": "{0}",
        "boolean": "{0}::int",
        "date": "to_char({0}, 'YYYY-MM-DD')",
        "instant": "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
        "time": "to_char({0}, 'HH24:MI:SS.US')",
        "decimal": "{0}::text",
        "uuid": "replace({0}::text, '-', '')",
        "json": "{0}::text",
        "binary": "encode({0}, 'hex')",
        "address": "host({0})",
    },
}
# Django writes a whole second without its fraction.
WRITE_SQLITE = {"instant": "replace(?, '.000000', '')", "time": "replace(?, '.000000', '')"}
