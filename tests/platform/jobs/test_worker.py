"""The worker: prompt, patient with its database, and gone when told to be."""

import time
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from threading import enumerate as enumerate_threads

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection

from onward.config.serving.supervisor import TRY_AGAIN
from onward.platform.jobs import enqueue, job, services, worker
from onward.platform.jobs.models import Job, State
from onward.platform.jobs.worker import Worker
from tests.platform.jobs import ledger

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
        thread.join(20)
        assert not thread.is_alive()


def until(condition, seconds=15.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to pass"
        time.sleep(0.02)


def states() -> list[str]:
    return list(Job.objects.order_by("id").values_list("state", flat=True))


def test_a_job_starts_within_a_fifth_of_a_second_of_its_commit():
    waits = []
    with working():
        time.sleep(0.3)
        for number in range(10):
            enqueue("test.note", word=f"n{number}")
            asked = time.monotonic()
            until(lambda number=number: f"n{number}" in ledger.words())
            waits.append(time.monotonic() - asked)

    assert sorted(waits)[len(waits) // 2] < 0.2


def test_an_idle_worker_asks_the_database_ten_times_a_second_and_no_more(monkeypatch):
    asked = []
    due = services._any_due
    monkeypatch.setattr(services, "_any_due", lambda *values: asked.append(values) or due(*values))

    with working():
        time.sleep(2)

    assert 10 <= len(asked) <= 22


def test_several_threads_run_several_jobs_at_once():
    for word in "abc":
        enqueue("test.rest", word=word, seconds=0.8)

    with working(threads=3):
        until(lambda: states() == ["done"] * 3)

    assert [word.split(":")[0] for word in ledger.words()] == ["began"] * 3 + ["ended"] * 3


def test_a_job_that_takes_longer_than_a_lease_runs_once():
    enqueue("test.rest", word="a", seconds=2.5)

    with working(lease=timedelta(seconds=1)), working(lease=timedelta(seconds=1)):
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
        time.sleep(0.3)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        enqueue("test.note", word="a")
        until(lambda: states() == ["done"])


def test_a_worker_that_stops_lets_a_short_job_end():
    enqueue("test.rest", word="a", seconds=1)

    with working():
        until(lambda: ledger.words() == ["began:a"])

    assert ledger.words() == ["began:a", "ended:a"]
    assert states() == ["done"]


def test_a_worker_that_stops_gives_a_long_job_back():
    enqueue("test.rest", word="a", seconds=2)

    with working(grace=0.2):
        until(lambda: ledger.words() == ["began:a"])

    row = Job.objects.get()
    assert (row.state, row.attempts, row.lease_holder) == (State.WAITING, 0, "")
    # Its thread is still there (in a process it would not be): what it has to say now counts no more.
    until(lambda: "ended:a" in ledger.words())
    time.sleep(0.2)
    assert states() == ["waiting"]


released = Event()


@job(name="test.deaf", time_limit=0.1)
def deaf() -> None:
    """Hears nothing of the time."""
    released.wait(60)


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
    released.clear()
    enqueue("test.deaf")

    with working(lease=timedelta(seconds=0.5), grace=0.1):
        until(lambda: states() == ["running"])
        enqueue("test.note", word="b")
        # Its lease runs out, another thread is let in: the other job runs.
        until(lambda: "b" in ledger.words())
        assert not released.is_set()
    released.set()
    until(lambda: set(enumerate_threads()) <= before)
