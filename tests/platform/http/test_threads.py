import asyncio
import threading
import time

import pytest

from onward.platform.http import threads as module
from onward.platform.http.threads import SLOW, Threads


@pytest.fixture
def threads():
    pool = Threads(2, 6)
    yield pool
    pool.stop(120)


async def rested(pool):
    """Wait until no thread has anything to do."""
    while len(pool._resting) < 6:
        await asyncio.sleep(0.001)


def test_each_call_gives_its_own_result(threads):
    async def many():
        return await asyncio.gather(*(threads.run(lambda number: number * 2, number) for number in range(500)))

    assert asyncio.run(many()) == [number * 2 for number in range(500)]


def test_what_a_call_raises_is_raised_where_it_is_awaited(threads):
    async def one():
        await threads.run(int, "x")

    with pytest.raises(ValueError, match="invalid literal"):
        asyncio.run(one())


def test_few_threads_do_quick_work(threads, monkeypatch):
    # On a busy machine anything may look slow.
    monkeypatch.setattr(module, "SLOW", 240)

    async def many():
        await rested(threads)
        return await asyncio.gather(*(threads.run(threading.get_ident) for _ in range(500)))

    assert len(set(asyncio.run(many()))) <= 2


def test_one_call_after_the_other_stays_in_one_thread(threads):
    async def many():
        found = set()
        for _ in range(50):
            await rested(threads)
            found.add(await threads.run(threading.get_ident))
        return found

    assert len(asyncio.run(many())) == 1


def test_more_join_while_some_wait(threads):
    async def many():
        slow = [threads.run(go_on.wait, 240) for _ in range(5)]
        assert await threads.run(lambda: "quick") == "quick"
        assert not any(one.done() for one in slow)
        go_on.set()
        await asyncio.gather(*slow)

    go_on = threading.Event()
    asyncio.run(many())


def test_no_more_than_the_most_run_at_a_time(threads):
    running, peak, lock = [0], [0], threading.Lock()

    def work():
        with lock:
            running[0] += 1
            peak[0] = max(peak[0], running[0])
        go_on.wait(240)
        with lock:
            running[0] -= 1

    async def many():
        calls = [threads.run(work) for _ in range(40)]
        while running[0] < 6:
            await asyncio.sleep(SLOW)
        # Time for a seventh to join, if one would.
        await asyncio.sleep(10 * SLOW)
        assert running[0] == 6
        go_on.set()
        await asyncio.gather(*calls)

    go_on = threading.Event()
    asyncio.run(many())
    assert peak[0] == 6


def test_a_call_that_nobody_waits_for_any_more_harms_nobody(threads):
    async def one():
        threads.run(time.sleep, 0.05).cancel()
        return await threads.run(lambda: "next")

    assert asyncio.run(one()) == "next"


def test_stopping_ends_every_thread():
    pool = Threads(2, 6)

    async def one():
        return await pool.run(lambda: 1)

    asyncio.run(one())
    pool.stop(120)

    assert not any(thread.is_alive() for thread in pool._threads)
