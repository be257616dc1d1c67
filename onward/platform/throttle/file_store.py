"""Counts in a small SQLite file, shared by the processes of one machine."""

import logging
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

from onward.platform.throttle.store import Count, Unavailable

log = logging.getLogger(__name__)

# What is lost when the machine loses power are counts; so nothing waits for the disk.
_OPEN = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = OFF",
    "CREATE TABLE IF NOT EXISTS hits "
    "(key INTEGER PRIMARY KEY, used INTEGER NOT NULL, refused INTEGER NOT NULL, ends REAL NOT NULL)",
)
# 1 key, 2 now, 3 limit, 4 period. A window that would end far beyond its period was begun by a clock that has been
# put back since; the minute allows for clocks and waits that differ.
_TAKE = """
INSERT INTO hits (key, used, refused, ends) VALUES (?1, 1, 0, ?2 + ?4)
ON CONFLICT (key) DO UPDATE SET
  used = CASE WHEN ends > ?2 AND ends <= ?2 + ?4 + 60 THEN used + (used < ?3) ELSE 1 END,
  refused = CASE WHEN ends > ?2 AND ends <= ?2 + ?4 + 60 THEN used >= ?3 ELSE 0 END,
  ends = CASE WHEN ends > ?2 AND ends <= ?2 + ?4 + 60 THEN ends ELSE ?2 + ?4 END
RETURNING used, refused, ends
"""
_LOOK = "SELECT used, 0, ends FROM hits WHERE key = ?1 AND ends > ?2"
_GIVE_BACK = "UPDATE hits SET used = used - 1 WHERE key = ?1 AND used > 0"
_DROP = "DELETE FROM hits WHERE key = ?1"
_CLEAR = "DELETE FROM hits"
_SWEEP = "DELETE FROM hits WHERE key BETWEEN ?1 AND ?2 AND ends <= ?3"

# Seconds that a writer waits for the others; they hold the file for some 20 µs each.
PATIENCE = 3.0
# Seconds in which a file that failed is left alone.
REST = 5.0
# Every so many acts, one of as many slices of the keys is swept: keys are spread evenly, so that a sweep is short
# however long the table is, and a table never holds many more dead rows than the square of this number.
SLICES = 256
# A table of another shape is an error of the statement; it is as useless as a damaged file.
_DAMAGED = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
SLICE = 2**64 // SLICES


class FileStore:
    """One connection, used by one thread at a time.

    SQLite lets one writer in at a time anyhow, and its own way of waiting is to sleep for a millisecond and more; a
    lock in the process hands over at once (p50 25 µs against 35 µs with a connection for each of six threads).
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self._clock = clock
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._rests_until = 0.0
        # Said once, until it is back.
        self._is_away = False
        self._file = 0
        self._acts = 0

    def take(self, key: int, limit: int, period: int) -> Count:
        """See :class:`Store`."""
        with self._lock:
            now = self._clock()
            [(used, refused, ends)] = self._run(_TAKE, (key, now, limit, period))
            self._acts += 1
            if self._acts % SLICES == 0:
                self._sweep(now)
        return Count(used, bool(refused), ends)

    def look(self, key: int) -> Count | None:
        """See :class:`Store`."""
        with self._lock:
            rows = self._run(_LOOK, (key, self._clock()))
        return Count(rows[0][0], False, rows[0][2]) if rows else None

    def give_back(self, key: int) -> None:
        """See :class:`Store`."""
        with self._lock:
            self._run(_GIVE_BACK, (key,))

    def drop(self, key: int) -> None:
        """See :class:`Store`."""
        with self._lock:
            self._run(_DROP, (key,))

    def clear(self) -> None:
        """See :class:`Store`."""
        with self._lock:
            self._run(_CLEAR, ())

    def _sweep(self, now: float) -> None:
        first = -(2**63) + (self._acts // SLICES) % SLICES * SLICE
        self._run(_SWEEP, (first, first + SLICE - 1, now))
        if not self.path.exists() or self.path.stat().st_ino != self._file:
            # Somebody has removed the file under us; the processes that start now count in another one.
            self._close()

    def _run(self, statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """Run one statement, which is one transaction; heal what can be healed.

        A file that is damaged or gone is opened again (another process may have replaced it), and thrown away when
        it is still damaged then: it holds nothing that is not soon forgotten.
        """
        if time.monotonic() < self._rests_until:
            raise Unavailable
        try:
            for heal in (self._reopen, self._discard):
                try:
                    return self._execute(statement, values)
                except sqlite3.Error as problem:
                    if _code(problem) == sqlite3.SQLITE_BUSY:
                        raise
                    heal(problem)
            return self._execute(statement, values)
        except (sqlite3.Error, OSError) as problem:
            self._close()
            self._rests_until = time.monotonic() + REST
            if not self._is_away:
                log.warning("the counts in %s are out of reach, so each process counts alone: %s", self.path, problem)
            self._is_away = True
            raise Unavailable from problem

    def _reopen(self, problem: sqlite3.Error) -> None:
        self._close()

    def _discard(self, problem: sqlite3.Error) -> None:
        if _code(problem) not in _DAMAGED:
            raise problem
        self._close()
        for ending in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def _execute(self, statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        connection = self._connection or self._open()
        rows = connection.execute(statement, values).fetchall()
        self._is_away = False
        return rows

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            _prepare(connection)
            self._file = self.path.stat().st_ino
        except (sqlite3.Error, OSError):
            connection.close()
            raise
        self._connection = connection
        return connection

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the file ready. Processes that do so at the same moment are told "locked" without being let wait."""
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            for statement in _OPEN:
                connection.execute(statement)
        except sqlite3.OperationalError as problem:
            if _code(problem) != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return


def _code(problem: sqlite3.Error) -> int:
    # Extended codes carry the primary one in their last byte.
    return getattr(problem, "sqlite_errorcode", 0) & 0xFF
