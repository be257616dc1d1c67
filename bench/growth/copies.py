"""Rows that the database copies from the first ones, so that a million of them take a minute and not an hour."""

from collections.abc import Mapping
from typing import Any, NamedTuple

# Copies that one statement makes: no statement may take long.
AT_ONCE = 20
# What makes a number of another kind in the words of each database.
UID = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}


class Copied(NamedTuple):
    """A table whose first rows are copied.

    :ivar rows: which of them, in SQL
    :ivar values: by column what a copy says, in SQL, of `n`, its number; other columns say what the first does
    """

    model: Any
    rows: str
    values: Mapping[str, str]


def copy(tables: list[Copied], copies: int) -> None:
    """Copy the first rows. :param copies: how many there are then of all of it, the first included"""
    from django.db import connection

    with connection.cursor() as cursor:
        for model, rows, values in tables:
            columns = [field.column for field in model._meta.concrete_fields]
            told = {"uid": UID[connection.vendor], **values}
            for begin in range(1, copies, AT_ONCE):
                end = min(copies - 1, begin + AT_ONCE - 1)
                cursor.execute(
                    f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
                    f"WITH RECURSIVE copies(n) AS (SELECT {begin} UNION ALL SELECT n + 1 FROM copies WHERE n < {end}) "
                    f"SELECT {', '.join(told.get(column, column) for column in columns)} "
                    f"FROM {model._meta.db_table}, copies WHERE {rows}"
                )


def people(count: int) -> list[Any]:
    """Make accounts, numbered from 1."""
    from onward.domain.accounts.models import User

    return User.objects.bulk_create(
        User(pk=n, email=f"p{n}@example.org", username=f"p{n}", username_key=f"p{n}", password="!")
        for n in range(1, count + 1)
    )


def other_note(key: str) -> str:
    """Return the SQL of a copy's content, which has the number of its row as a word. :param key: that, in SQL"""
    return f"replace(content, 'note' || CAST(id AS varchar(20)), 'note' || CAST({key} AS varchar(20)))"
