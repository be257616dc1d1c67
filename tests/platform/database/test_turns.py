"""Of those who write into a SQLite file, whoever asked first is next."""

import gc
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Thread

import pytest
from django.db import OperationalError, connections

from onward.platform.database.sqlite.base import DatabaseWrapper
from onward.platform.database.sqlite.turns import Turns, turns
from tests.waiting import GENEROUS, until

Connect = Callable[..., DatabaseWrapper]
ADD = "INSERT INTO lines VALUES (%s)"


@pytest.fixture
def path(tmp_path) -> str:
    path = str(tmp_path / "file.sqlite3")
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript("PRAGMA journal_mode = WAL; CREATE TABLE lines (word TEXT)")
    return path


@pytest.fixture
def connect(path, django_db_blocker) -> Iterator[Connect]:
    """Make a connection to the file, which waits for so many seconds."""

    def connected(seconds: float = GENEROUS) -> DatabaseWrapper:
        options = {"transaction_mode": "IMMEDIATE", "timeout": seconds}
        made = DatabaseWrapper({**connections["default"].settings_dict, "NAME": path, "OPTIONS": options}, "lines")
        made.inc_thread_sharing()
        made.connect()
        return made

    with django_db_blocker.unblock():
        yield connected


def begin(database: DatabaseWrapper) -> None:
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(database: DatabaseWrapper) -> None:
    database.commit()
    database.set_autocommit(True)


def words(path: str) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return [word for (word,) in raw.execute("SELECT word FROM lines ORDER BY rowid")]


def add(database: DatabaseWrapper, word: str) -> None:
    with database.cursor() as cursor:
        cursor.execute(ADD, [word])


def test_who_asked_first_writes_first_in_a_transaction_or_outside_of_one(path, connect):
    first = connect()
    begin(first)

    def in_a_transaction(database: DatabaseWrapper, word: str) -> None:
        begin(database)
        add(database, word)
        end(database)

    def directly(database: DatabaseWrapper, word: str) -> None:
        database.run_directly("INSERT INTO lines VALUES (?)", [word])

    writers = []
    for number, write in enumerate([in_a_transaction, add, directly] * 4):
        writers.append(Thread(target=write, args=(connect(), str(number))))
        writers[-1].start()
        until(lambda: len(turns(path)._waiting) == len(writers))
    end(first)
    for writer in writers:
        writer.join(GENEROUS)

    assert words(path) == [str(number) for number in range(12)]


def test_a_read_waits_for_nobody(connect):
    writing, reading = connect(), connect(0.0)
    begin(writing)

    assert reading.run_directly("SELECT count(*) FROM lines", []) == [(0,)]
    end(writing)


def test_another_process_is_waited_for(path, connect):
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        writer = Thread(target=add, args=(connect(), "after"))
        writer.start()
        until(lambda: turns(path)._is_taken)
        other.execute("INSERT INTO lines VALUES ('before')")
        other.execute("COMMIT")
        writer.join(GENEROUS)

    assert words(path) == ["before", "after"]


@pytest.mark.parametrize("begin_or_add", [begin, lambda database: add(database, "never")])
def test_who_waits_in_vain_is_told_and_holds_up_nobody(path, connect, begin_or_add):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            begin_or_add(connect(0.01))
    assert turns(path).take(0)
    with pytest.raises(OperationalError, match="locked"):
        begin_or_add(connect(0.01))
    turns(path).give()
    add(connect(), "at last")

    assert words(path) == ["at last"]


@pytest.mark.parametrize("leave", [lambda database: database.rollback(), lambda database: database.close()])
def test_a_transaction_that_comes_to_nothing_gives_the_turn_back(path, connect, leave):
    database = connect()
    begin(database)
    add(database, "never")
    leave(database)

    add(connect(0.0), "next")
    assert words(path) == ["next"]


def test_a_connection_that_is_forgotten_gives_the_turn_back(path, connect):
    begin(connect())
    gc.collect()

    assert turns(path).take(0)


def test_a_turn_that_nobody_waits_for_any_more_is_free():
    one = Turns()
    assert one.take(0)
    assert not one.take(0)
    one.give()
    assert one.take(0)
