import socket
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from uuid import uuid4

import pytest
import redis

from onward.platform.throttle import redis_store
from onward.platform.throttle.redis_store import RedisStore
from onward.platform.throttle.store import Unavailable
from tests.platform.throttle.crowd import allowed_in_a_crowd


@pytest.fixture
def key():
    # Redis may be shared with others: every test counts under a key of its own.
    return uuid4().int % 2**64 - 2**63


@pytest.fixture
def store(redis_url, key):
    store = RedisStore(redis_url)
    yield store
    store.drop(key)


@pytest.fixture
def hanging():
    """A server that takes every connection and never says a word: its address, and the connections."""
    listener = socket.create_server(("127.0.0.1", 0))
    taken = []

    def accept():
        while True:
            try:
                taken.append(listener.accept()[0])
            except OSError:
                return

    Thread(target=accept, daemon=True).start()
    yield f"redis://127.0.0.1:{listener.getsockname()[1]}", taken
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    for connection in taken:
        connection.close()


@pytest.fixture
def stopped():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return f"redis://127.0.0.1:{port}"


def fails(store):
    with pytest.raises(Unavailable):
        store.take(1, 10, 60)


@pytest.fixture
def asked(monkeypatch):
    """What is asked of Redis, whether it answers or not."""
    questions = []
    run = redis.commands.core.Script.__call__
    monkeypatch.setattr(
        redis.commands.core.Script, "__call__", lambda *a, **k: (questions.append(k["keys"]), run(*a, **k))[1]
    )
    return questions


def test_a_window_allows_as_many_acts_as_its_limit(store, key):
    assert [store.take(key, 3, 60).refused for _ in range(5)] == [False, False, False, True, True]


def test_a_window_begins_with_the_first_act_and_ends_a_period_later(store, key):
    began = time.time()
    assert began + 59.9 <= store.take(key, 2, 60).ends <= time.time() + 60
    # As if half of it were over: another act makes it no longer.
    store._redis.pexpire(redis_store._name(key), 30_000)
    assert store.take(key, 2, 60).ends <= time.time() + 30
    store._redis.pexpire(redis_store._name(key), 1)
    time.sleep(0.01)
    assert store.take(key, 2, 60).used == 1


def test_looking_counts_nothing(store, key):
    assert store.look(key) is None
    began = time.time()
    store.take(key, 3, 60)
    assert [store.look(key).used, store.look(key).used] == [1, 1]
    assert began + 59.9 <= store.look(key).ends <= time.time() + 60


def test_a_dropped_key_begins_anew(store, key):
    store.take(key, 1, 60)
    store.drop(key)
    assert not store.take(key, 1, 60).refused


def test_two_processes_with_fifty_threads_each_share_one_limit(store, redis_url, key):
    assert allowed_in_a_crowd("redis", redis_url, key=key, limit=10) == 10


def test_a_connection_that_redis_has_closed_is_replaced_at_once(store, redis_url, key):
    store.take(key, 5, 60)
    mine = store._redis.client_id()
    redis.Redis.from_url(redis_url).client_kill_filter(_id=mine)
    assert store.take(key, 5, 60).used == 2


def test_a_redis_that_has_forgotten_its_scripts_is_told_them_again(store, redis_url, key):
    store.take(key, 5, 60)
    redis.Redis.from_url(redis_url).script_flush()
    assert store.take(key, 5, 60).used == 2


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(redis_store, "PATIENCE", 0.05)


def test_a_redis_that_hangs_is_waited_for_once(hanging, asked, impatient):
    address, connections = hanging
    store = RedisStore(address)
    for _ in range(50):
        fails(store)
    assert (len(asked), len(connections)) == (1, 1)


def test_a_redis_that_is_stopped_is_asked_once(stopped, asked, impatient):
    store = RedisStore(stopped)
    for _ in range(50):
        fails(store)
    assert len(asked) == 1


def test_after_the_rest_one_act_alone_finds_out_whether_redis_is_back(hanging, asked):
    store = RedisStore(hanging[0])
    fails(store)
    store._rests_until = time.monotonic() - 1
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: fails(store), range(10)))
    assert len(asked) == 2


def test_a_redis_that_is_back_is_used_again(redis_url, stopped, key, monkeypatch):
    monkeypatch.setattr(redis_store, "REST", 0.05)
    store = RedisStore(stopped)
    fails(store)
    alive = RedisStore(redis_url)
    store._redis, store._take = alive._redis, alive._take
    time.sleep(0.06)
    assert store.take(key, 5, 60).used == 1
    assert store.take(key, 5, 60).used == 2
    alive.drop(key)
