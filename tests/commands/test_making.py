"""An empty database gets at once what the migrations would make of it step by step."""

import os
import re
import sqlite3
import subprocess
import sys
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from tests import databases

pytestmark = pytest.mark.django_db

STEP_BY_STEP = """
import django
django.setup()
from django.core.management import call_command
from django.core.management.commands.migrate import Command
call_command(Command(), verbosity=0)
"""
# Written by every `migrate`, by the clock, or in another order.
NOT_COMPARED = {"django_migrations", "django_content_type", "auth_permission"}


def parts(sql):
    """Return what stands between the outer brackets of a CREATE TABLE, sorted."""
    found, depth, part = [], 0, ""
    for sign in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            found.append(part.strip())
            part = ""
        else:
            part += sign
    return sorted([*found, part.strip()])


def in_sqlite(database):
    rows = database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {(name, *(parts(sql) if sql.startswith("CREATE TABLE") else [sql])) for _, name, sql in rows}


def in_postgresql(database):
    columns = database.execute(
        "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attstorage, a.attidentity, "
        "pg_get_expr(d.adbin, d.adrelid), c.reloptions::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped"
    ).fetchall()
    constraints = database.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace"
    ).fetchall()
    indexes = database.execute("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'").fetchall()
    named = [(table, *told(name, definition)) for table, name, definition in constraints]
    return {*columns, *named, *(told(name, definition) for name, definition in indexes)}


def told(name, definition):
    """Return what a constraint or index is called, and is.

    What Django or the database names itself is found by its columns; its name says only what the table was called when it
    was made, and how.
    """
    if re.search(r"_([0-9a-f]{8}(_\w+)?|pkey|key)$", name):
        return "…", definition.replace(name, "…")
    return name, definition


def rows(database, table):
    names = [column.name for column in connection.introspection.get_table_description(connection.cursor(), table)]
    chosen = [name for name in names if not name.endswith("_at") and name not in {"id", "uid"}]
    columns = ", ".join(f'"{name}"' for name in sorted(chosen))
    return sorted(map(str, database.execute(f'SELECT {columns} FROM "{table}"').fetchall()))


@pytest.fixture
def step_by_step(tmp_path):
    """Connections to a database that was migrated step by step, and to this process's own."""
    if connection.vendor == "sqlite":
        address = f"sqlite:///{tmp_path / 'onward.sqlite3'}"
    else:
        wanted = connection.settings_dict
        name = f"onward_step_by_step_{os.getpid()}"
        place = f"{quote(wanted['USER'])}:{quote(wanted['PASSWORD'])}@{wanted['HOST']}:{wanted['PORT'] or 5432}"
        address = f"postgresql://{place}/{name}"
        with databases.on_server() as server:
            server.execute(f"CREATE DATABASE {name}")
    try:
        given = {"ONWARD_DATABASE_URL": address, "ONWARD_DATA_DIR": str(tmp_path), "ONWARD_SECRET_KEY": "k" * 50}
        given["DJANGO_SETTINGS_MODULE"] = "onward.config.settings"
        subprocess.run([sys.executable, "-c", STEP_BY_STEP], env={**os.environ, **given}, check=True)
        if connection.vendor == "sqlite":
            with sqlite3.connect(tmp_path / "onward.sqlite3") as slow, sqlite3.connect(own_file()) as own:
                yield slow, own
        else:
            own_address = f"postgresql://{place}/{connection.settings_dict['NAME']}"
            with psycopg.connect(address) as slow, psycopg.connect(own_address) as own:
                yield slow, own
    finally:
        if connection.vendor == "postgresql":
            with databases.on_server() as server:
                server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def own_file():
    return re.sub(r"^file:|\?.*$", "", str(connection.settings_dict["NAME"]))


def test_its_tables_indexes_constraints_and_rows_are_the_same(step_by_step):
    slow, own = step_by_step
    described = in_sqlite if connection.vendor == "sqlite" else in_postgresql

    assert described(own) ^ described(slow) == set()

    filled = databases.with_rows(databases.own_tables()) - NOT_COMPARED
    assert filled
    for table in filled:
        assert rows(own, table) == rows(slow, table), table
    noted = "SELECT app, name FROM django_migrations"
    assert sorted(own.execute(noted).fetchall()) == sorted(slow.execute(noted).fetchall())
