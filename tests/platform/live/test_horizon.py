"""The order in which the event table is read."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from onward.domain.companies.models import Company
from onward.platform.events.models import EventRecord
from onward.platform.live import reading
from onward.platform.live.reading import Horizon
from tests.factories import UserFactory


def happen(word: str) -> int:
    return EventRecord.objects.create(
        name="test.said", payload={"word": word}, owner_id=1, happened_at=timezone.now()
    ).pk


class Slow:
    """Another connection's transaction, that commits when it is told to."""

    def __init__(self, work=lambda: happen("slow")) -> None:
        self._work = work
        self._done, self._go = threading.Event(), threading.Event()
        self._keep = True
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        assert self._done.wait(60)

    def _run(self) -> None:
        try:
            with transaction.atomic():
                self._work()
                self._done.set()
                assert self._go.wait(60)
                if not self._keep:
                    transaction.set_rollback(True)
        finally:
            connection.close()

    def end(self, *, keep: bool = True) -> None:
        self._keep = keep
        self._go.set()
        self._thread.join()


class Follower:
    """Reads as the tail does."""

    def __init__(self) -> None:
        self.horizon = Horizon()
        self.position = self.horizon.begin()

    def look(self) -> list[str]:
        until = self.horizon.look(self.position)
        found = reading.events(after=self.position, until=until, names=["test.said"])
        self.position = until
        return [event.payload["word"] for event in found]


@pytest.fixture
def _with_slow_transactions(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time")


@pytest.mark.usefixtures("_with_slow_transactions")
@pytest.mark.parametrize("keep", [True, False])
def test_what_a_slow_transaction_commits_late_is_read_in_its_place(keep):
    follower = Follower()
    happen("first")
    assert follower.look() == ["first"]
    slow = Slow()
    happen("quick")
    assert follower.look() == []
    happen("quicker")
    assert follower.look() == []
    # Another one, which begins later, holds back only what comes after it.
    later = Slow(lambda: happen("later"))
    assert follower.look() == []
    slow.end(keep=keep)
    assert follower.look() == [*(["slow"] if keep else []), "quick", "quicker"]
    later.end()
    assert follower.look() == ["later"]
    assert follower.look() == []


@pytest.mark.usefixtures("_with_slow_transactions")
def test_who_has_written_other_things_holds_nothing_up():
    owner = UserFactory()
    follower = Follower()
    slow = Slow(lambda: Company.objects.create(owner=owner, name="Slow"))
    happen("quick")
    assert follower.look() == ["quick"]
    slow.end()


@pytest.mark.usefixtures("_with_slow_transactions")
def test_who_wrote_before_the_first_look_leaves_a_gap_until_it_ends():
    slow = Slow()
    happen("quick")
    follower = Follower()
    assert follower.horizon.has_gaps
    happen("seen")
    assert follower.look() == ["seen"]
    slow.end()
    follower.look()
    assert not follower.horizon.has_gaps


def test_events_are_read_in_their_order_and_from_where_one_was(db):
    happen("before")
    follower = Follower()
    assert follower.look() == []
    happen("one")
    happen("two")
    assert follower.look() == ["one", "two"]
    assert follower.look() == []


@pytest.mark.usefixtures("_with_slow_transactions")
def test_a_look_that_is_held_up_says_so_until_it_is_not():
    follower = Follower()
    slow = Slow()
    happen("quick")
    follower.look()
    assert follower.horizon.is_held_up
    slow.end()
    follower.look()
    assert not follower.horizon.is_held_up
