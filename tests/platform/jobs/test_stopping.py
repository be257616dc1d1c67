"""Progress, cancellation and time limits: what may be known of a job that runs, and how it is stopped."""

from datetime import timedelta
from math import inf
from threading import Event
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.utils import timezone

from onward.platform.jobs import cancel, cancelled, enqueue, job, progress, run_due, running, services
from onward.platform.jobs.models import Job
from onward.platform.jobs.registry import LONGEST_LIMIT
from tests.platform.jobs import ledger
from tests.platform.jobs.test_worker import working
from tests.waiting import until

slow = pytest.mark.django_db(transaction=True)


def row() -> Job:
    return Job.objects.get()


def test_a_cancelled_job_that_waits_never_runs(db):
    asked = enqueue("test.note", word="a")

    assert cancel(asked) == 1
    assert run_due() == 0

    found = row()
    assert (found.state, found.error, ledger.words()) == ("cancelled", "", [])
    assert found.finished_at is not None


def test_what_has_ended_cannot_be_cancelled(db):
    asked = enqueue("test.note", word="a")
    run_due()

    assert cancel(asked) == 0
    assert row().state == "done"


@slow
def test_a_running_job_stops_where_it_tells_of_its_progress_once_it_is_cancelled():
    # It has a million steps before it.
    asked = enqueue("test.steps", word="a", count=1_000_000)
    with working():
        until(lambda: ledger.words() == ["began:a"])
        cancel(asked)
        assert row().cancel_requested_at is not None
        until(lambda: row().state == "cancelled")

    assert ledger.words() == ["began:a"]


def test_a_job_looks_three_times_a_second_whether_it_is_cancelled(db, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(running, "time", SimpleNamespace(monotonic=lambda: now[0]))
    attempt = running.Attempt(claimed())
    assert not attempt.is_cancelled()
    cancel(attempt.claim.job_id)

    now[0] += 0.29
    assert not attempt.is_cancelled()
    now[0] += 0.02
    assert attempt.is_cancelled()


@slow
def test_a_running_job_that_asks_may_tidy_up_before_it_stops():
    asked = enqueue("test.poll", word="a")
    with working():
        until(lambda: ledger.words() == ["began:a"])
        cancel(asked)
        until(lambda: row().state == "cancelled")

    assert ledger.words() == ["began:a", "tidied:a"]


def claimed():
    enqueue("test.fail", message="x")
    return services.claim(holder="w1", at=timezone.now(), lease=timedelta(seconds=60))


def test_a_cancelled_job_that_ends_all_the_same_is_done(db):
    found = claimed()
    cancel(found.job_id)

    services.finish(found, at=timezone.now())

    assert row().state == "done"


def test_a_cancelled_job_that_fails_is_not_tried_again(db):
    found = claimed()
    cancel(found.job_id)

    services.fail(found, error="x", at=timezone.now())

    assert (row().state, row().finished_at is None) == ("cancelled", False)


@pytest.mark.parametrize("end", ["free_expired", "release"])
def test_a_cancelled_job_whose_worker_goes_is_not_run_again(db, end):
    found = claimed()
    cancel(found.job_id)

    if end == "release":
        services.release(holders=["w1"])
    else:
        services.free_expired(at=timezone.now() + timedelta(seconds=61))

    assert row().state == "cancelled"


def test_a_cancelled_job_can_be_run_after_all(db):
    asked = enqueue("test.note", word="a")
    cancel(asked)

    assert services.retry(job_ids=[asked], at=timezone.now()) == 1
    assert run_due() == 1
    assert (row().state, row().cancel_requested_at) == ("done", None)


@pytest.mark.parametrize("number", range(5))
def test_a_job_cancelled_and_claimed_at_the_same_moment_is_one_of_the_two(together, number):
    asked = enqueue("test.note", word="a")

    def act(who: int):
        if who:
            return services.claim(holder=f"w{who}", at=timezone.now(), lease=timedelta(seconds=60))
        return cancel(asked)

    count, *claims = together(4, act)

    assert count == 1
    taken = [found for found in claims if found]
    assert (row().state, len(taken)) in {("cancelled", 0), ("running", 1)}
    assert row().cancel_requested_at is not None


released = Event()


@pytest.fixture(autouse=True)
def _held():
    released.clear()
    yield
    released.set()


@job(name="test.half")
def half() -> None:
    """Tells of its progress, and goes on when the test lets it."""
    progress(50, "half of it")
    released.wait(120)


@slow
def test_a_row_tells_how_far_its_job_is():
    enqueue("test.half")
    assert (row().progress, row().message) == (0, "")

    with working():
        until(lambda: (row().progress, row().message) == (50, "half of it"))
        assert row().state == "running"
        released.set()
        until(lambda: row().state == "done")

    assert row().progress == 100


@job(name="test.boast")
def boast() -> None:
    progress(250, "ü\0" * 300)


def test_progress_is_cut_to_what_a_row_holds(db):
    claim = (
        services.claim(holder="w", at=timezone.now(), lease=timedelta(seconds=60)) if enqueue("test.boast") else None
    )

    services.note_progress(claim, percent=250, message="ü\0" * 300)

    assert row().progress == 100
    assert set(row().message) == {"ü"}


def test_outside_a_job_progress_and_cancellation_mean_nothing(db, queries):
    with queries() as asked:
        progress(10, "x")
        assert not cancelled()

    assert len(asked) == 0


@slow
def test_a_job_over_its_time_limit_is_stopped_and_tried_again_later():
    enqueue("test.loop", word="a")

    with working():
        until(lambda: row().state == "waiting" and row().attempts == 1)

    assert "OutOfTime" in row().error
    assert row().run_at > timezone.now()
    assert ledger.words() == ["began:a"]


@slow
def test_a_thread_whose_job_was_stopped_goes_on_with_the_next():
    enqueue("test.loop", word="a")
    enqueue("test.note", word="b")

    with working():
        until(lambda: "b" in ledger.words())


ENDLESS = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 0 FROM n) SELECT count(*) FROM n"


@job(name="test.hold", max_attempts=1, time_limit=0.5)
def hold(*, how: str) -> None:
    with transaction.atomic(), transaction.atomic():
        ledger.write("never")
        while True:
            if how == "one statement, directly":
                connection.run_directly(ENDLESS, [])
            with connection.cursor() as cursor:
                cursor.execute(ENDLESS if how == "one statement" else "SELECT 1")


@job(name="test.connection")
def tell_connection() -> None:
    connection.ensure_connection()
    ledger.write(f"{id(connection.connection)}")


@slow
@pytest.mark.parametrize("how", ["many statements", "one statement", "one statement, directly"])
def test_a_job_stopped_in_its_transaction_has_done_nothing_and_leaves_its_connection_fit_for_the_next(how):
    enqueue("test.connection")
    with working() as one:
        until(lambda: len(ledger.words()) == 1)
        # On SQLite a renewal would wait for the transaction that is to be stopped.
        one._keeper._renew_from = inf
        held = enqueue("test.hold", how=how)
        until(lambda: Job.objects.get(pk=held).state == "dead")
        enqueue("test.connection")
        until(lambda: len(ledger.words()) == 2)

    before, after = ledger.words()
    assert before == after
    assert "OutOfTime" in Job.objects.get(pk=held).error


def test_a_time_limit_beyond_what_the_engines_bear_is_refused():
    with pytest.raises(ValueError, match=str(LONGEST_LIMIT)):
        job(name="test.wrong", time_limit=LONGEST_LIMIT + 1)(lambda: None)


def test_a_queue_that_nobody_serves_is_refused():
    with pytest.raises(ValueError, match="no queue called nowhere"):
        job(name="test.wrong", queue="nowhere")(lambda: None)


@job(name="test.call", queue="outbound")
def call(*, word: str) -> None:
    ledger.write(f"began:{word}")
    released.wait(120)


@slow
def test_calls_that_hang_hold_up_neither_each_other_nor_anything_else():
    for number in range(6):
        enqueue("test.call", word=f"{number}")
    enqueue("test.note", word="a")

    with working(outbound=6):
        until(lambda: len(ledger.words()) == 7)
        # All six have begun, the other job has run, and none of the six has ended.
        assert Job.objects.filter(kind="test.call", state="running").count() == 6
        released.set()


@slow
def test_a_queue_that_is_full_does_not_hide_the_work_of_the_other():
    for number in range(30):
        enqueue("test.call", word=f"{number}")
    enqueue("test.note", word="a")

    with working(outbound=1, grace=0.1):
        until(lambda: "a" in ledger.words())
        assert Job.objects.filter(kind="test.call", state="running").count() == 1
