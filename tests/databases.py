"""Databases to test in: migrated once, and copied for each process and run that wants one.

Migrating takes as long as some hundred tests. The copy that is kept is known by a digest of what it was made of, so
that a changed migration makes another one.
"""

import fcntl
import getpass
import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, transaction
from psycopg import sql

HOUSE = Path(__file__).resolve().parent.parent
KEPT = Path(tempfile.gettempdir()) / f"onward-tests-{getpass.getuser()}"
A_WEEK = 7 * 24 * 3600
# What each table that migrations fill holds then.
_filled: dict[str, list[tuple[Any, ...]]] = {}


def digest() -> str:
    """Return what tells one migrated database from another."""
    found = hashlib.sha256(version("django").encode())
    for path in (HOUSE / "onward/platform/database/making.py", *sorted(HOUSE.glob("onward/**/migrations/*.py"))):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def _alone(name: str) -> Iterator[None]:
    KEPT.mkdir(mode=0o700, exist_ok=True)
    with (KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make() -> None:
    """Make the database of this process and let the connection use it."""
    if connection.vendor == "sqlite":
        _make_file()
    else:
        _make_on_server()
    _filled.update((name, _rows(name)) for name in with_rows(own_tables()))


def put_back() -> None:
    """Make the database what it was when it was made; what is written is only the tables that are not.

    Emptying all of them, as Django does after a test that commits, takes as long as many a test.
    """
    # What is noted of rows that are deleted here goes last.
    changed = sorted(with_rows(own_tables()) - _filled.keys(), key="search_stale".__eq__)
    lost = [name for name, rows in _filled.items() if _rows(name) != rows]
    # Foreign keys are looked at when it commits.
    with transaction.atomic(), connection.cursor() as cursor:
        for name in (*changed, *lost):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")
        for name in lost:
            places = ", ".join(["%s"] * len(_filled[name][0]))
            cursor.executemany(f"INSERT INTO {connection.ops.quote_name(name)} VALUES ({places})", _filled[name])


def own_tables() -> list[str]:
    """Return the tables that may be written: not those in which SQLite keeps an index of words."""
    names = connection.introspection.table_names()
    if connection.vendor == "postgresql":
        return names
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'")
        return sorted(set(names) - {name for (name,) in cursor.fetchall()})


def with_rows(tables: Iterable[str]) -> set[str]:
    """Return which of these tables have rows, asked at once."""
    found = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(name)})" for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(found))
        return {name for (name,) in cursor.fetchall()}


def _rows(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
        return cursor.fetchall()


def copy_to(folder: Path) -> bool:
    """Put a migrated database into a data folder; False where no run has made one yet."""
    kept = KEPT / f"{digest()}.sqlite3"
    with _alone(kept.name):
        if not kept.exists():
            return False
        shutil.copyfile(kept, folder / "onward.sqlite3")
        os.utime(kept)
    return True


def remove() -> None:
    """Remove the database of this process."""
    name = str(connection.settings_dict["NAME"])
    connection.close()
    if connection.vendor == "postgresql":
        with on_server() as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    # A file goes with the folder of the run.


def _make_file() -> None:
    kept = KEPT / f"{digest()}.sqlite3"
    wanted = Path(str(connection.settings_dict["TEST"]["NAME"]))
    wanted.parent.mkdir(parents=True, exist_ok=True)
    with _alone(kept.name):
        if not kept.exists():
            for old in KEPT.glob("*.sqlite3"):
                if old.stat().st_mtime < time.time() - A_WEEK:
                    old.unlink()
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            connection.close()
            with sqlite3.connect(wanted) as made:
                made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            made.close()
            shutil.copyfile(wanted, kept.with_suffix(".new"))
            kept.with_suffix(".new").rename(kept)
        else:
            shutil.copyfile(kept, wanted)
            os.utime(kept)
    _use(str(wanted))


def _make_on_server() -> None:
    name = str(connection.settings_dict["TEST"]["NAME"])
    shared = _shared()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with _alone(shared):
        with on_server() as server:
            found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [shared]).fetchone()
        if found is None:
            connection.settings_dict["TEST"]["NAME"] = shared
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            connection.close()
        with on_server() as server:
            copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            server.execute(copy.format(sql.Identifier(f"{name}_{worker}"), sql.Identifier(shared)))
    _use(f"{name}_{worker}")


def _shared() -> str:
    # Kept for this run only, which gives it its name: a developer's server is left as it was, unless they say otherwise.
    return f"onward_tests_{digest()}" if _keeps() else str(connection.settings_dict["TEST"]["NAME"])


def _keeps() -> bool:
    return "ONWARD_TEST_KEEP" in os.environ


def remove_shared() -> None:
    """Remove what the processes of a run have copied, unless it is kept; the last act of the run."""
    if _keeps():
        return
    name = _shared()
    with on_server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    (KEPT / f"{name}.lock").unlink(missing_ok=True)


def on_server() -> psycopg.Connection[tuple[object, ...]]:
    """Return a connection to the server on which databases are made and removed."""
    wanted = connection.settings_dict
    return psycopg.connect(
        host=wanted["HOST"],
        port=wanted["PORT"] or None,
        user=wanted["USER"],
        password=wanted["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    )


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
