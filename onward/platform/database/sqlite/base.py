"""Django's SQLite backend, with letters compared as people compare them."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.db.backends.sqlite3 import base

from onward.platform.database.direct import Direct
from onward.platform.search import folded


def _fold(text: Any) -> Any:
    return folded(text) if isinstance(text, str) else text


class DatabaseWrapper(Direct, base.DatabaseWrapper):
    """SQLite folds the case of ASCII only; searches use `FOLD`, which knows every letter (`folded`)."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        connection.create_function("FOLD", 1, _fold, deterministic=True)
        return connection

    def interrupt(self) -> None:
        """Let the statement that runs on this connection fail, if there is one; from any thread."""
        if self.connection is not None:
            with suppress(sqlite3.ProgrammingError):  # closed meanwhile
                self.connection.interrupt()

    def _run(self, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.connection.execute(sql, parameters).fetchall()
        return rows
