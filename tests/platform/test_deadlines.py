"""Work that is out of time hears of it where it asks for more, and may tidy up."""

import pytest
from django.db import connection, transaction

from onward.platform import deadlines, outbound
from onward.platform.deadlines import TIDY, Deadline, OutOfTime
from onward.platform.events.models import EventRecord


class Clock:
    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch):
    held = Clock()
    monkeypatch.setattr(deadlines, "clock", held)
    return held


def by_cursor():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def directly():
    connection.run_directly("SELECT 1", [])


def outward():
    with pytest.raises(outbound.NoAnswer):
        outbound.request("GET", "http://127.0.0.1/")


ways = pytest.mark.parametrize("way", [deadlines.check, lambda: deadlines.cut(5), by_cursor, directly, outward])


@ways
def test_what_asks_for_more_time_hears_that_there_is_none_and_may_tidy_up_for_a_while(db, clock, way):
    with deadlines.within(Deadline(10)):
        way()
        clock.seconds += 10
        with pytest.raises(OutOfTime):
            way()

        clock.seconds += TIDY - 1
        way()
        clock.seconds += 1

        with pytest.raises(OutOfTime):
            way()

    way()


def test_a_step_takes_no_more_than_what_is_left(clock):
    with deadlines.within(Deadline(10)):
        assert deadlines.cut(5) == 5
        clock.seconds += 7
        assert deadlines.cut(5) == 3
    assert deadlines.cut(5) == 5


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_runs_out_of_time_leaves_nothing_behind_and_its_connection_whole(clock):
    def work():
        with transaction.atomic():
            EventRecord.objects.create(name="outer")
            with transaction.atomic():
                clock.seconds += 10
                EventRecord.objects.create(name="late")

    with deadlines.within(Deadline(10)), pytest.raises(OutOfTime):
        work()

    assert not connection.in_atomic_block
    assert not EventRecord.objects.exists()
