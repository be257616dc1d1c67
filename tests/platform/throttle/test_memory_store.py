from onward.platform.throttle import memory_store
from onward.platform.throttle.memory_store import MemoryStore


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_window_begins_with_the_first_act_and_ends_a_period_later():
    clock = Clock()
    store = MemoryStore(clock)

    assert [store.take(1, 2, 60).refused for _ in range(4)] == [False, False, True, True]
    assert store.look(1).used == 2
    clock.now += 60
    assert store.look(1) is None
    assert not store.take(1, 2, 60).refused


def test_a_clock_that_was_put_back_closes_nothing_for_long():
    clock = Clock()
    store = MemoryStore(clock)
    store.take(1, 1, 60)
    clock.now -= 500

    assert not store.take(1, 1, 60).refused


def test_it_holds_no_more_windows_than_it_may(monkeypatch):
    monkeypatch.setattr(memory_store, "MOST", 3)
    store = MemoryStore(Clock())
    for number in range(5):
        store.take(number, 1, 60)

    assert [store.look(number) is None for number in range(5)] == [True, True, False, False, False]
