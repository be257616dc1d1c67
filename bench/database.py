"""The database while it is measured: its processes, and putting it back as it was after every turn of writing."""

import psycopg
from psycopg import sql


class Database:
    """Knows what was there at the beginning.

    Must be made after the accounts were signed in: their sessions stay.
    """

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True)
        tables = self.connection.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'id' "
            "AND data_type IN ('bigint', 'integer')"
        ).fetchall()
        self.last = {table: self._last(table) for (table,) in tables}

    def _last(self, table: str) -> int:
        row = self.connection.execute(
            sql.SQL("SELECT coalesce(max(id), 0) FROM {}").format(sql.Identifier(table))
        ).fetchone()
        assert row
        return int(row[0])

    def reset(self) -> None:
        """Delete what was written since, and clean up behind it, so that every turn finds the same tables."""
        grown = [table for table, last in self.last.items() if self._last(table) > last]
        # Foreign keys are checked when the transaction ends, so the order does not matter.
        with self.connection.transaction():
            for table in grown:
                self.connection.execute(
                    sql.SQL("DELETE FROM {} WHERE id > {}").format(sql.Identifier(table), self.last[table])
                )
        for table in grown:
            self.connection.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(table)))

    def backends(self) -> list[int]:
        """List the processes that serve this database's clients, but for this one."""
        rows = self.connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        return [pid for (pid,) in rows]

    def version(self) -> str:
        """Give PostgreSQL's version."""
        return str(self.connection.info.parameter_status("server_version"))
