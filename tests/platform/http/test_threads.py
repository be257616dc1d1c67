import asyncio
import threading
import time

import pytest

from onward.platform.http.threads import Threads


@pytest.fixture
def threads():
    pool = Threads(2, 6)
    yield pool
    pool.stop(5)


def test_each_call_gives_its_own_result(threads):
    async def many():
        return await asyncio.gather(*(threads.run(lambda number: number * 2, number) for number in range(500)))

    assert asyncio.run(many()) == [number * 2 for number in range(500)]


def test_what_a_call_raises_is_raised_where_it_is_awaited(threads):
    async def one():
        await threads.run(int, "x")

    with pytest.raises(ValueError, match="invalid literal"):
        asyncio.run(one())


def test_few_threads_do_quick_work(threads):
    async def many():
        return await asyncio.gather(*(threads.run(threading.get_ident) for _ in range(500)))

    assert len(set(asyncio.run(many()))) <= 3


def test_one_call_after_the_other_stays_in_one_thread(threads):
    async def many():
        time.sleep(0.05)
        found = set()
        for _ in range(50):
            found.add(await threads.run(threading.get_ident))
            await asyncio.sleep(0.001)
        return found

    assert len(asyncio.run(many())) == 1


def test_more_join_while_some_wait(threads):
    async def many():
        slow = [threads.run(time.sleep, 1) for _ in range(5)]
        began = time.monotonic()
        assert await threads.run(lambda: "quick") == "quick"
        took = time.monotonic() - began
        await asyncio.gather(*slow)
        return took

    assert asyncio.run(many()) < 0.5


def test_no_more_than_the_most_run_at_a_time(threads):
    running, peak, lock = [0], [0], threading.Lock()

    def work():
        with lock:
            running[0] += 1
            peak[0] = max(peak[0], running[0])
        time.sleep(0.05)
        with lock:
            running[0] -= 1

    async def many():
        await asyncio.gather(*(threads.run(work) for _ in range(40)))

    asyncio.run(many())
    assert 2 < peak[0] <= 6


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
    pool.stop(5)

    assert not any(thread.is_alive() for thread in pool._threads)
