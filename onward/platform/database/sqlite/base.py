"""Django's SQLite backend, with letters compared as people compare them and writers that take turns."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from onward.platform.database.direct import Direct
from onward.platform.database.sqlite.turns import turns
from onward.platform.search import folded

T = TypeVar("T")

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# Seconds between two looks whether another process has let go of the file.
PAUSE = 0.001


def _fold(text: Any) -> Any:
    return folded(text) if isinstance(text, str) else text


class DatabaseWrapper(Direct, base.DatabaseWrapper):
    """SQLite folds the case of ASCII only; searches use `FOLD`, which knows every letter (`folded`).

    What writes takes turns (:mod:`onward.platform.database.sqlite.turns`): a transaction from its beginning to its
    end, a statement outside of one for itself.
    """

    _has_turn = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(_at_its_turn)

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        connection.create_function("FOLD", 1, _fold, deterministic=True)
        self._turns = turns(str(conn_params["database"]))
        self._patience = float(conn_params.get("timeout", 5.0))
        return connection

    def interrupt(self) -> None:
        """Let the statement that runs on this connection fail, if there is one; from any thread."""
        if self.connection is not None:
            with suppress(sqlite3.ProgrammingError):  # closed meanwhile
                self.connection.interrupt()

    def needs_turn(self, sql: str) -> bool:
        """Whether a statement writes outside of a transaction."""
        return not self._has_turn and sql.lstrip().startswith(WRITES)

    def at_its_turn(self, write: Callable[[], T]) -> T:
        """Run a statement that needs the turn, and pass it on.

        :raises OperationalError: when the file was not free within the connection's time-out
        """
        try:
            return self._begin(write)
        finally:
            self._end()

    def __del__(self) -> None:
        # A thread that dies within a transaction must not take the turn along.
        self._end()

    def _start_transaction_under_autocommit(self) -> None:
        try:
            self._begin(super()._start_transaction_under_autocommit)  # type: ignore[misc]
        except BaseException:
            self._end()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._end()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end()

    def _begin(self, write: Callable[[], T]) -> T:
        """Wait for the turn, then for other processes, and write. The turn is kept."""
        until = time.monotonic() + self._patience
        if not self._turns.take(self._patience):
            raise OperationalError("database is locked")
        self._has_turn = True
        # SQLite's own way of waiting would leave the file to whoever looks more often.
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    return write()
                except (OperationalError, sqlite3.OperationalError) as problem:
                    if not _is_busy(problem) or time.monotonic() >= until:
                        raise
                time.sleep(PAUSE)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {int(self._patience * 1000)}")

    def _end(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._turns.give()

    def _run(self, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        if not self.needs_turn(sql):
            return self._rows(sql, parameters)
        return self.at_its_turn(lambda: self._rows(sql, parameters))

    def _rows(self, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.connection.execute(sql, parameters).fetchall()
        return rows


def _at_its_turn(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 (Django's)
    database: DatabaseWrapper = context["connection"]
    if not database.needs_turn(sql):
        return execute(sql, params, many, context)
    return database.at_its_turn(lambda: execute(sql, params, many, context))


def _is_busy(problem: Exception) -> bool:
    code = getattr(problem.__cause__ or problem, "sqlite_errorcode", 0)
    return bool(code & 0xFF == sqlite3.SQLITE_BUSY)
