"""Noting which documents are stale, by triggers: whoever writes a row, and by whatever statement, it is noted with it.

SQLite loses a table's triggers when a migration remakes the table. `watch` puts back what is missing, and notes every
row then; so it is called each time that the notes are worked off.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from zlib import crc32

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from onward.platform.search.models import Stale

# Notes that are worked off in a transaction.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Watched:
    """A table that documents are made of.

    :param table: its name
    :param key: the column that says which document its row belongs to
    :param columns: an update of others changes no document; none: every update does
    """

    table: str
    key: str = "id"
    columns: Sequence[str] = ()


def watch(index: str, tables: Iterable[Watched], *, version: str = "") -> bool:
    """See to it that changes of these tables are noted from now on; returns whether they were not.

    Where a trigger was missing, each of its table's rows counts as changed.

    :param version: of the way in which documents are made: with another one all of them are stale
    """
    database = connections[DEFAULT_DB_ALIAS]
    there = _triggers(database, index)
    missing = False
    for table in tables:
        wanted = _wanted(database.vendor, index, table, version)
        if there.keys() >= wanted.keys():
            continue
        missing = True
        old = [name for name, of in there.items() if of == table.table and name not in wanted]
        with transaction.atomic(), database.cursor() as cursor:
            for name in old:
                for statement in _dropping(database.vendor, name, table.table):
                    cursor.execute(statement)
            for statement in chain.from_iterable(wanted.values()):
                cursor.execute(statement)
            cursor.execute(
                f'INSERT INTO search_stale ("index", row_id) SELECT \'{index}\', "{table.key}" FROM "{table.table}"'
            )
    return missing


def stale(index: str) -> tuple[list[int], list[int]]:
    """Return notes of rows whose documents are stale, the oldest `BATCH`, and the rows."""
    notes = list(Stale.objects.filter(index=index).order_by("id").values_list("id", "row_id")[:BATCH])
    return [pk for pk, _ in notes], sorted({row_id for _, row_id in notes})


def settle(notes: Collection[int]) -> bool:
    """Forget notes, in the transaction that writes the documents; first of all that it does.

    :returns: whether all of them were still there. If not, somebody else has written the documents meanwhile, perhaps
        of newer rows than the caller has read: then it must write nothing.
    """
    return Stale.objects.filter(pk__in=notes).delete()[0] == len(notes)


def _triggers(database: BaseDatabaseWrapper, index: str) -> dict[str, str]:
    """Return which triggers an index has, each with its table."""
    sql = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name GLOB %s"
        if database.vendor == "sqlite"
        else "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname LIKE %s"
    )
    wild = "*" if database.vendor == "sqlite" else "%"
    with database.cursor() as cursor:
        cursor.execute(sql, [f"search_{index}_{wild}"])
        return dict(cursor.fetchall())


def _wanted(vendor: str, index: str, table: Watched, version: str) -> dict[str, list[str]]:
    """Return the triggers that a table needs: by name, the statements that make each."""
    made = crc32(f"{table} {version}".encode())
    return {
        name: _making(vendor, name, index, table, event)
        for event in ("INSERT", "UPDATE", "DELETE")
        for name in [f"search_{index}_{table.table}_{event.lower()}_{made:08x}"]
    }


def _making(vendor: str, name: str, index: str, table: Watched, event: str) -> list[str]:
    of = f" OF {', '.join(table.columns)}" if event == "UPDATE" and table.columns else ""
    rows = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}[event]
    if table.key == "id":
        rows = rows[-1:]
    notes = " ".join(
        f'INSERT INTO search_stale ("index", row_id) SELECT \'{index}\', {row}."{table.key}" '
        f'WHERE {row}."{table.key}" IS NOT NULL;'
        for row in rows
    )
    if vendor == "sqlite":
        return [f'CREATE TRIGGER IF NOT EXISTS "{name}" AFTER {event}{of} ON "{table.table}" BEGIN {notes} END']
    return [
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS '
        f"$$ BEGIN {notes} RETURN NULL; END $$",
        f'CREATE OR REPLACE TRIGGER "{name}" AFTER {event}{of} ON "{table.table}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{name}"()',
    ]


def _dropping(vendor: str, name: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [f'DROP TRIGGER IF EXISTS "{name}"']
    return [f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"', f'DROP FUNCTION IF EXISTS "{name}"()']
