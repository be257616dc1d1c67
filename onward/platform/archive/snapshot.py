"""One look at a database in which every table is of the same moment, while others go on writing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from onward.platform.archive.shape import Table, reading
from onward.platform.database.postgresql.base import LIMITS

# Rows that are fetched at a time.
BATCH = 1000


class Snapshot:
    """The rows of a database as they were at one moment.

    :param database: a connection on which a transaction has begun
    """

    def __init__(self, database: BaseDatabaseWrapper) -> None:
        self._database = database

    def rows(self, table: Table) -> Iterator[list[Any]]:
        """Yield a table's rows, some at a time, in the archive's form and the order of their keys."""
        return self._fetch(reading(table, self._database))

    def texts(self, table: str, column: str) -> Iterator[str]:
        """Yield the texts of a column that are not empty."""
        quote = self._database.ops.quote_name
        name = quote(column)
        for batch in self._fetch(f"SELECT {name} FROM {quote(table)} WHERE {name} <> ''"):
            for (text,) in batch:
                yield text

    def count(self, table: str) -> int:
        """Count the rows of a table."""
        return int(next(self._fetch(f"SELECT count(*) FROM {self._database.ops.quote_name(table)}"))[0][0])

    def last_number(self, table: Table) -> int:
        """Return the highest number that the database has given to a row of a table; 0 where it has given none.

        It may be that of a row that is gone, and is never given again.
        """
        if self._database.vendor == "sqlite":
            found = list(self._fetch("SELECT seq FROM sqlite_sequence WHERE name = ?", [table.name]))
            return int(found[0][0][0]) if found else 0
        quoted = self._database.ops.quote_name(table.name)
        ((name,),) = next(self._fetch("SELECT pg_get_serial_sequence(%s, %s)", [quoted, table.key]))
        ((last, called),) = next(self._fetch(f"SELECT last_value, is_called FROM {name}"))
        return int(last) if called else 0

    def _fetch(self, sql: str, parameters: list[Any] | None = None) -> Iterator[list[Any]]:
        raw: Any = self._database.connection
        if self._database.vendor == "sqlite":
            rows = raw.execute(sql, parameters or [])
            while batch := rows.fetchmany(BATCH):
                yield batch
        else:
            with raw.cursor(name="onward_archive") as cursor:
                cursor.execute(sql, parameters)
                while batch := cursor.fetchmany(BATCH):
                    yield batch


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """Look at the database, from the block's beginning to its end, without holding up those who write.

    SQLite's log keeps what is written meanwhile, and PostgreSQL the old versions of the rows.
    """
    database = connection.copy()
    if database.vendor == "sqlite":
        with closing(sqlite3.connect(str(database.settings_dict["NAME"]), timeout=30, isolation_level=None)) as raw:
            database.connection = raw
            raw.execute("BEGIN")
            # Only a read makes it look.
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
            yield Snapshot(database)
        return
    try:
        with database.cursor() as cursor:
            for limit in LIMITS:
                cursor.execute(f"SET {limit} = 0")
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT 1")
        yield Snapshot(database)
    finally:
        database.close()
