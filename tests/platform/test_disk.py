"""Which errors say that there is no room."""

import errno
import sqlite3

import pytest
from django.db import DatabaseError, connection, transaction

from onward.platform import disk


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_file_that_finds_no_room_says_so(number):
    assert disk.is_full(OSError(number, "no room"))
    assert not disk.is_full(PermissionError(errno.EACCES, "not yours"))


def test_sqlite_that_finds_no_room_says_so():
    with sqlite3.connect(":memory:") as small, pytest.raises(sqlite3.OperationalError) as found:
        small.execute("PRAGMA max_page_count = 1")
        small.execute("CREATE TABLE more (id integer)")

    assert disk.is_full(found.value)


def test_postgresql_that_finds_no_room_says_so(db):
    if connection.vendor != "postgresql":
        pytest.skip("said by PostgreSQL")
    with pytest.raises(DatabaseError) as found, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$")

    assert disk.is_full(found.value)


def test_a_database_that_says_something_else_is_not_full(db):
    with pytest.raises(DatabaseError) as found, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")

    assert not disk.is_full(found.value)
    assert not disk.is_full(sqlite3.OperationalError("made by hand"))


@pytest.mark.once
def test_the_log_says_it_once_a_minute(monkeypatch, caplog):
    moments = iter([1000.0, 1001.0, 1059.0, 1061.0])
    monkeypatch.setattr(disk, "_silent_until", 0.0)
    monkeypatch.setattr("onward.platform.disk.time.monotonic", lambda: next(moments))

    for _ in range(4):
        disk.report(OSError(errno.ENOSPC, "No space left on device"))

    assert len(caplog.records) == 2


def test_each_disk_is_named_once(settings, tmp_path):
    settings.MEDIA_ROOT = settings.DATA_DIR

    folders = [room.folder for room in disk.rooms()]

    assert folders.count(settings.DATA_DIR) == 1
    assert len({folder.stat().st_dev for folder in folders}) == len(folders)
