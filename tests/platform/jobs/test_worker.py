"""The worker: prompt, patient with its database, and gone when told to be."""

from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Event, Thread
from threading import enumerate as enumerate_threads

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from onward.config.serving.supervisor import TRY_AGAIN
from onward.platform.jobs import enqueue, job, services, worker
from onward.platform.jobs.models import Job, State
from onward.platform.jobs.worker import Worker
from tests.platform.jobs import ledger
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def working(**options):
    one = Worker(**{"threads": 1, "periodic": [], **options})
    thread = Thread(target=one.run)
    thread.start()
    try:
        yield one
    finally:
        one.stop()
        thread.join(120)
        assert not thread.is_alive()


def states() -> list[str]:
    return list(Job.objects.order_by("id").values_list("state", flat=True))


released = Event()


@pytest.fixture(autouse=True)
def _held():
    released.clear()
    yield
    released.set()


@job(name="test.held")
def held(*, word: str) -> None:
    """Takes until the test lets it go."""
    ledger.write(f"began:{word}")
    released.wait(120)
    ledger.write(f"ended:{word}")


def test_a_job_starts_at_the_first_look_after_its_commit(monkeypatch):
    committed, taken, missed = [], [], []
    claim = services.claim

    def look(*, at, **values):
        waiting = sum(when <= at for when in committed) - len(taken)
        found = claim(at=at, **values)
        if found:
            taken.append(found)
        elif waiting > 0:
            missed.append(at)
        return found

    monkeypatch.setattr(services, "claim", look)
    with working():
        for number in range(10):
            enqueue("test.note", word=f"n{number}")
            committed.append(timezone.now())
            until(lambda number=number: f"n{number}" in ledger.words())

    assert missed == []
    assert len(taken) == 10


def test_an_idle_worker_rests_a_tenth_of_a_second_between_two_looks_at_the_table(monkeypatch):
    done = []
    claim, heavy = services.claim, services.claim_heavy
    monkeypatch.setattr(services, "claim", lambda **values: done.append("look") or claim(**values))
    monkeypatch.setattr(services, "claim_heavy", lambda **values: done.append("for heavy ones") or heavy(**values))

    with working() as one:
        wait = one._stopping.wait
        one._stopping.wait = lambda seconds: done.append(seconds) or wait(0.001)
        until(lambda: done.count(0.1) > 20)

    idle = done[done.index(0.1) + 1 :]
    assert idle[:60] == ["look", "for heavy ones", 0.1] * 20


everybody = Barrier(3)


@job(name="test.meet")
def meet() -> None:
    """Ends when three are there."""
    everybody.wait(120)


def test_several_threads_run_several_jobs_at_once():
    for _ in range(3):
        enqueue("test.meet")

    with working(threads=3):
        until(lambda: states() == ["done"] * 3)


def test_a_job_that_takes_longer_than_a_lease_runs_once(monkeypatch):
    now = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    lease = timedelta(seconds=1)
    enqueue("test.held", word="a")

    with working(lease=lease), working(lease=lease):
        until(lambda: ledger.words() == ["began:a"])
        for _ in range(4):
            # No lease lasts to the end of this step unless it is renewed, by the clock that both workers go by.
            now[0] += lease * 0.8
            until(lambda: Job.objects.get().leased_until == now[0] + lease)
        released.set()
        until(lambda: states() == ["done"])

    assert ledger.words() == ["began:a", "ended:a"]
    assert Job.objects.get().attempts == 1


def test_a_database_that_does_not_answer_is_waited_for(monkeypatch):
    monkeypatch.setattr(worker, "DATABASE_PAUSE", 0.05)
    claim, expired = services.claim, services.free_expired
    troubles = iter([OperationalError("away"), InterfaceError("closed"), OperationalError("still away")])
    others = iter([OperationalError("away")])

    def trouble(source, function):
        def call(**values):
            for problem in source:
                raise problem
            return function(**values)

        return call

    monkeypatch.setattr(services, "claim", trouble(troubles, claim))
    monkeypatch.setattr(services, "free_expired", trouble(others, expired))
    enqueue("test.note", word="a")

    with working(lease=timedelta(seconds=1)):
        until(lambda: states() == ["done"])

    assert ledger.words() == ["a"]


def test_what_is_done_is_recorded_when_the_database_is_back(monkeypatch):
    monkeypatch.setattr(worker, "DATABASE_PAUSE", 0.05)
    finish = services.finish
    troubles = iter([OperationalError("away")] * 5)

    def late(claim, *, at):
        for problem in troubles:
            raise problem
        return finish(claim, at=at)

    monkeypatch.setattr(services, "finish", late)
    enqueue("test.note", word="a")

    with working():
        until(lambda: states() == ["done"])

    assert ledger.words() == ["a"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no connections to cut")
def test_a_cut_connection_is_made_anew():
    with working(lease=timedelta(seconds=1)):
        enqueue("test.note", word="before")
        until(lambda: states() == ["done"])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        enqueue("test.note", word="a")
        until(lambda: states() == ["done"] * 2)


def test_a_worker_that_stops_lets_a_short_job_end():
    enqueue("test.held", word="a")

    with working(grace=120, lease=timedelta(seconds=240)) as one:
        until(lambda: ledger.words() == ["began:a"])

        def let_go() -> None:
            until(one._stopping.is_set)
            released.set()

        # Only when it has been told to stop, which it is when the block ends.
        Thread(target=let_go).start()

    assert ledger.words() == ["began:a", "ended:a"]
    assert states() == ["done"]


def test_a_worker_that_stops_gives_a_long_job_back(monkeypatch):
    monkeypatch.setattr(worker, "IDLE", 0.1)
    before = set(enumerate_threads())
    enqueue("test.held", word="a")

    with working(grace=0.2):
        until(lambda: ledger.words() == ["began:a"])

    row = Job.objects.get()
    assert (row.state, row.attempts, row.lease_holder) == (State.WAITING, 0, "")
    # Its thread is still there (in a process it would not be): what it has to say now counts no more.
    released.set()
    until(lambda: set(enumerate_threads()) <= before)
    assert ledger.words() == ["began:a", "ended:a"]
    assert states() == ["waiting"]


@job(name="test.deaf", time_limit=0.1)
def deaf() -> None:
    """Hears nothing of the time."""
    released.wait(120)


def test_a_worker_whose_job_does_not_stop_ends(monkeypatch):
    monkeypatch.setattr(worker, "IDLE", 0.1)
    before = set(enumerate_threads())
    enqueue("test.deaf")

    assert not Worker(threads=1, periodic=[], lease=timedelta(seconds=0.5), grace=0.1, patience=0).run()

    assert states() == ["waiting"]
    released.set()
    until(lambda: set(enumerate_threads()) <= before)


def test_the_command_says_to_whoever_started_it_that_another_worker_is_needed(monkeypatch):
    monkeypatch.setattr(Worker, "listen", lambda self: None)
    monkeypatch.setattr(Worker, "run", lambda self: False)

    with pytest.raises(SystemExit) as ended:
        call_command("worker")

    assert ended.value.code == TRY_AGAIN


def test_an_overdue_job_that_cannot_be_stopped_holds_up_nobody_else(monkeypatch):
    monkeypatch.setattr(worker, "IDLE", 0.1)
    before = set(enumerate_threads())
    enqueue("test.deaf")

    with working(lease=timedelta(seconds=0.5), grace=0.1):
        until(lambda: states() == ["running"])
        enqueue("test.note", word="b")
        # Its lease runs out, another thread is let in: the other job runs.
        until(lambda: "b" in ledger.words())
        assert not released.is_set()
    released.set()
    until(lambda: set(enumerate_threads()) <= before)
