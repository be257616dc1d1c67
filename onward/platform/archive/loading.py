"""Rows of an archive into empty tables, and the proof that they are the same there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from onward.platform.archive.making import Progress
from onward.platform.archive.problem import ArchiveProblem
from onward.platform.archive.reading import Archive
from onward.platform.archive.rows import Digest
from onward.platform.archive.shape import Table, writing
from onward.platform.archive.snapshot import Snapshot, snapshot


def load(archive: Archive, tables: list[Table], progress: Progress) -> None:
    """Fill the tables, in place of what migrations have written into them.

    :raises django.db.DatabaseError: when the database refuses a row
    """
    by_name = {table.name: table for table in tables}
    done = 0
    with _references_checked_afterwards(tables):
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")
        for name, rows in archive.chunks():
            done += _insert(by_name[name], rows)
            progress("rows", done, archive.rows)
        for table in tables:
            if table.counts:
                _count_on(table, archive.tables[table.name]["last_number"])


def _insert(table: Table, rows: Iterator[list[Any]]) -> int:
    count = 0
    binary = table.places_of("binary")

    def told() -> Iterator[list[Any]]:
        nonlocal count
        for row in rows:
            count += 1
            for place in binary:
                if row[place] is not None:
                    row[place] = bytes.fromhex(row[place])
            yield row

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(writing(table, connection)) as copy:
                for row in told():
                    copy.write_row(row)
        else:
            connection.connection.executemany(writing(table, connection), told())
    return count


@contextmanager
def _references_checked_afterwards(tables: list[Table]) -> Iterator[None]:
    """Defer foreign keys, so that rows can be written in any order: they are checked once, at the end.

    PostgreSQL's foreign keys are taken away and made anew: so it checks a table with one join instead of each row.
    """
    if connection.vendor == "sqlite":
        with connection.constraint_checks_disabled(), transaction.atomic():
            yield
        connection.check_constraints()
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(REFERENCES, [[table.name for table in tables]])
        references = [[connection.ops.quote_name(text) for text in row[:2]] + [row[2]] for row in cursor.fetchall()]
        for table, name, _ in references:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield
        for table, name, definition in references:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


REFERENCES = """
    SELECT relname, conname, pg_get_constraintdef(pg_constraint.oid)
    FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
    WHERE contype = 'f' AND relnamespace = current_schema()::regnamespace AND relname = ANY(%s)
"""


def _count_on(table: Table, last: int) -> None:
    """Set the sequences to where they were: a number that was given once is never given again."""
    quoted = connection.ops.quote_name(table.name)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max({connection.ops.quote_name(table.key)}), 0) FROM {quoted}")
        last = max(last, cursor.fetchone()[0])
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, last])
        else:
            sequence = "pg_get_serial_sequence(%s, %s)"
            cursor.execute(f"SELECT setval({sequence}, %s, %s)", [quoted, table.key, max(last, 1), last > 0])


def verify(archive: Archive, tables: list[Table], progress: Progress) -> None:
    """Read every row back and see that each table is, by count and checksum, what it was in the archive.

    :raises ArchiveProblem: when one is not
    """
    done = 0
    with _what_was_loaded() as look:
        for table in tables:
            digest = Digest(table)
            for batch in look.rows(table):
                digest.add(batch)
                progress("checks", done + digest.rows, archive.rows)
            done += digest.rows
            there = archive.tables[table.name]
            if (digest.rows, str(digest)) != (there["rows"], there["sha256"]):
                raise ArchiveProblem(
                    f"{table.name} is not the same in the database ({digest.rows} rows) as in the archive "
                    f"({there['rows']} rows): the database cannot hold these values as they were."
                )


@contextmanager
def _what_was_loaded() -> Iterator[Snapshot]:
    if connection.in_atomic_block:
        yield Snapshot(connection)
    else:
        with snapshot() as look:
            yield look
