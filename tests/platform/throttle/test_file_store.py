import logging
import sqlite3
import time

import pytest

from onward.platform.throttle import file_store
from onward.platform.throttle.file_store import SLICES, FileStore
from onward.platform.throttle.store import Unavailable
from tests.platform.throttle.crowd import allowed_in_a_crowd


class Clock:
    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "throttle.sqlite3"


@pytest.fixture
def store(path, clock):
    return FileStore(path, clock)


def rows(path):
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT count(*) FROM hits").fetchone()[0]


def test_a_window_allows_as_many_acts_as_its_limit(store):
    assert [store.take(1, 3, 60).refused for _ in range(5)] == [False, False, False, True, True]


def test_a_window_begins_with_the_first_act_and_ends_a_period_later(store, clock):
    store.take(1, 2, 60)
    clock.now += 59
    second = store.take(1, 2, 60)
    assert (second.used, second.ends) == (2, clock.now + 1)
    clock.now += 1
    assert store.take(1, 2, 60).used == 1


def test_a_refused_act_does_not_make_the_window_longer(store, clock):
    store.take(1, 1, 60)
    for _ in range(6):
        clock.now += 9
        assert store.take(1, 1, 60).refused
    clock.now += 6
    assert not store.take(1, 1, 60).refused


def test_keys_are_counted_apart(store):
    store.take(1, 1, 60)
    assert not store.take(-1, 1, 60).refused


def test_looking_counts_nothing(store):
    assert store.look(1) is None
    store.take(1, 3, 60)
    assert [store.look(1).used, store.look(1).used] == [1, 1]


def test_a_dropped_key_begins_anew(store):
    store.take(1, 1, 60)
    store.drop(1)
    assert not store.take(1, 1, 60).refused


def test_clearing_forgets_every_key(store):
    store.take(1, 1, 60)
    store.take(2, 1, 60)
    store.clear()
    assert not store.take(1, 1, 60).refused
    assert not store.take(2, 1, 60).refused


def test_a_clock_that_is_put_back_locks_nobody_out(store, clock):
    store.take(1, 1, 60)
    clock.now -= 86_400
    assert not store.take(1, 1, 60).refused


def test_two_processes_with_fifty_threads_each_share_one_limit(path):
    assert allowed_in_a_crowd("file", str(path), key=7, limit=10) == 10


def test_a_long_crowd_is_counted_exactly_too(path):
    assert allowed_in_a_crowd("file", str(path), key=7, limit=700, threads=10, each=100) == 700


def test_rows_of_windows_that_have_ended_are_swept(store, clock, path, monkeypatch):
    monkeypatch.setattr(file_store, "SLICES", 64)
    monkeypatch.setattr(file_store, "SLICE", 2**64 // 64)
    spread = 2**64 // 1000
    for number in range(1000):
        store.take(-(2**63) + number * spread, 5, 60)
    clock.now += 61
    for _ in range(64 * 64):
        store.take(0, 10**9, 60)
    assert rows(path) <= 2


def test_a_damaged_file_is_replaced(store, path):
    store.take(1, 1, 60)
    store._close()
    path.write_bytes(b"this is no database" * 1000)
    assert not store.take(1, 1, 60).refused
    assert store.take(1, 1, 60).refused


def test_a_file_that_is_damaged_under_an_open_connection_is_replaced(store, path):
    for number in range(5000):
        store.take(number, 1, 60)
    store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.write(b"\xff" * path.stat().st_size)
    store._connection.execute("PRAGMA shrink_memory")
    for number in range(5000):
        store.take(number, 1, 60)
    assert store.take(1, 1, 60).refused


def test_a_table_of_another_shape_is_replaced(store, path):
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE hits (name TEXT)")
    assert store.take(1, 1, 60).used == 1


def test_a_file_that_somebody_removes_is_made_again(store, path):
    store.take(1, 1, 60)
    for file in path.parent.iterdir():
        file.unlink()
    for _ in range(SLICES + 1):
        store.take(2, 10**9, 60)
    assert rows(path) == 1


def test_a_folder_that_cannot_be_written_is_reported_once_and_left_alone(tmp_path, caplog):
    (tmp_path / "file").touch()
    store = FileStore(tmp_path / "file" / "throttle.sqlite3")
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            with pytest.raises(Unavailable):
                store.take(1, 1, 60)
    assert len(caplog.records) == 1
    assert "each process counts alone" in caplog.text


def test_a_folder_that_is_mended_is_used_again(tmp_path, monkeypatch):
    monkeypatch.setattr(file_store, "REST", 0.05)
    (tmp_path / "file").touch()
    store = FileStore(tmp_path / "file" / "throttle.sqlite3")
    with pytest.raises(Unavailable):
        store.take(1, 1, 60)
    (tmp_path / "file").unlink()
    time.sleep(0.06)
    assert store.take(1, 1, 60).used == 1


def test_a_file_that_another_program_holds_is_not_waited_for_twice(store, path, monkeypatch):
    monkeypatch.setattr(file_store, "PATIENCE", 0.1)
    store.take(1, 9, 60)
    store._close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    opened = []
    monkeypatch.setattr(FileStore, "_open", lambda self, _open=FileStore._open: (opened.append(1), _open(self))[1])
    for _ in range(20):
        with pytest.raises(Unavailable):
            store.take(1, 9, 60)
    assert len(opened) == 1
    holder.close()
