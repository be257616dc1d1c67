"""What becomes of a job: done, tried again, or dead with its error kept."""

from datetime import UTC, datetime, timedelta
from unittest.mock import ANY

import pytest
from django.db import connection
from django.utils import timezone

from onward.platform.jobs import enqueue, run_due, services
from onward.platform.jobs.models import Job, State
from tests.platform.jobs import ledger

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LEASE = timedelta(seconds=60)


def claim(holder: str = "w1", at: datetime | None = None):
    return services.claim(holder=holder, at=at or timezone.now(), lease=LEASE)


def make_due() -> None:
    Job.objects.filter(state=State.WAITING).update(run_at=timezone.now())


def test_a_job_that_is_due_is_run_and_done(db):
    enqueue("test.note", word="a")

    assert run_due() == 1

    row = Job.objects.get()
    assert ledger.words() == ["a"]
    assert (row.state, row.attempts, row.lease_holder, row.leased_until, row.error) == ("done", 1, "", None, "")
    assert row.finished_at is not None


def test_a_job_that_found_nothing_to_do_is_left_out_of_the_log(db, caplog):
    caplog.set_level("INFO", "onward.jobs")
    for done in (0, 3):
        enqueue("test.count", done=done)

    run_due()

    assert len([line for line in caplog.messages if "test.count: done in" in line]) == 1


def test_jobs_run_in_the_order_in_which_they_are_due(db):
    now = timezone.now()
    enqueue("test.note", run_at=now - timedelta(minutes=1), word="second")
    enqueue("test.note", run_at=now - timedelta(minutes=2), word="first")
    enqueue("test.note", word="third")

    run_due()

    assert ledger.words() == ["first", "second", "third"]


def test_a_job_that_fails_waits_longer_and_longer_and_is_dead_in_the_end(db):
    enqueue("test.fail", message="no mail server")
    waits = []

    for _ in range(3):
        make_due()
        run_due()
        row = Job.objects.get()
        waits.append((row.state, (row.run_at - timezone.now()).total_seconds()))

    assert [state for state, _ in waits] == ["waiting", "waiting", "dead"]
    assert 7 < waits[0][1] < 13
    assert 31 < waits[1][1] < 49
    assert (row.attempts, row.finished_at) == (3, ANY)
    assert row.error.startswith("Traceback")
    assert row.error.endswith("LookupError: no mail server\n")


def test_waits_grow_fourfold_up_to_six_hours_and_differ_by_chance():
    waits = [[services.wait_after(attempt).total_seconds() for _ in range(50)] for attempt in range(1, 30)]

    for attempt, drawn in enumerate(waits):
        middle = min(10 * 4 ** min(attempt, 10), 6 * 3600)
        assert middle * 0.8 <= min(drawn) < max(drawn) <= middle * 1.2


@pytest.mark.parametrize("message", ["a\0b", "\ud800", "ü" * 20_000])
def test_any_error_can_be_kept(db, message):
    enqueue("test.fail", message="x")

    assert services.fail(claim(), error=message, at=AT)

    assert 0 < len(Job.objects.get().error) <= 8000


def test_a_job_that_exits_has_failed(db):
    enqueue("test.leave")

    run_due()

    assert Job.objects.get().error.endswith("SystemExit: 1\n")


def test_a_job_of_a_newer_version_is_tried_again_later(db):
    Job.objects.create(kind="test.from_tomorrow")

    run_due()

    row = Job.objects.get()
    assert (row.state, row.attempts) == ("waiting", 1)
    assert "there is no job called test.from_tomorrow" in row.error


def test_success_after_a_failure_clears_the_error(db):
    enqueue("test.note")
    services.fail(claim(), error="x", at=AT)
    make_due()

    run_due()

    row = Job.objects.get()
    assert (row.state, row.error) == ("done", "")


def test_a_claimed_job_is_nobody_elses(db):
    enqueue("test.note")

    assert claim("w1") is not None
    assert claim("w2") is None


def test_a_job_is_claimed_once_however_many_claim_it(together):
    asked = {enqueue("test.note") for _ in range(40)}

    def take(number: int) -> list[int]:
        taken = []
        while found := claim(f"w{number}"):
            taken.append(found.job_id)
        return taken

    lists = together(8, take)

    taken = [job_id for taken in lists for job_id in taken]
    assert len(taken) == 40
    assert set(taken) == asked


def test_a_holder_that_lost_its_lease_changes_nothing(db):
    enqueue("test.note")
    late = claim("w1")
    services.free_expired(at=timezone.now() + timedelta(seconds=61))
    make_due()
    current = claim("w2")

    assert not services.finish(late, at=AT)
    assert not services.fail(late, error="x", at=AT)
    assert services.release(holders=["w1"]) == 0
    assert services.finish(current, at=AT)


def test_an_earlier_attempt_of_the_same_holder_changes_nothing(db):
    enqueue("test.note")
    late = claim("w1")
    services.free_expired(at=timezone.now() + timedelta(seconds=61))
    make_due()
    claim("w1")

    assert not services.finish(late, at=AT)


def test_a_lease_that_is_renewed_does_not_expire(db):
    enqueue("test.note")
    claim("w1")
    later = timezone.now() + timedelta(seconds=50)

    assert services.renew(holders=["w1", "w9"], at=later, lease=LEASE) == 1
    assert services.free_expired(at=later + timedelta(seconds=59)) == 0
    assert services.free_expired(at=later + timedelta(seconds=61)) == 1


def test_a_job_that_kills_its_worker_every_time_is_dead_in_the_end(db):
    enqueue("test.fail", message="x")
    for _ in range(3):
        make_due()
        claim()
        services.free_expired(at=timezone.now() + timedelta(seconds=61))

    row = Job.objects.get()
    assert (row.state, row.error) == ("dead", services.LOST)


def test_a_job_that_is_given_back_has_lost_no_attempt(db):
    enqueue("test.note")
    claim("w1")

    assert services.release(holders=["w1"]) == 1

    row = Job.objects.get()
    assert (row.state, row.attempts, row.lease_holder, row.leased_until) == ("waiting", 0, "", None)


def test_done_jobs_are_swept_after_a_week_and_dead_ones_stay(db):
    old, recent = AT - timedelta(days=8), AT - timedelta(days=6)
    for state, finished_at in [(State.DONE, old), (State.DONE, recent), (State.DEAD, old), (State.WAITING, None)]:
        Job.objects.create(kind="test.note", state=state, finished_at=finished_at)

    assert services.sweep(at=AT) == 1

    assert list(Job.objects.order_by("id").values_list("state", "finished_at")) == [
        ("done", recent),
        ("dead", old),
        ("waiting", None),
    ]


def test_a_dead_job_can_be_tried_again_from_the_beginning(db):
    dead = Job.objects.create(kind="test.note", state=State.DEAD, attempts=8, finished_at=AT, error="x")
    done = Job.objects.create(kind="test.note", state=State.DONE, attempts=1, finished_at=AT)

    assert services.retry(job_ids=[dead.pk, done.pk], at=timezone.now()) == 1
    assert run_due() == 1


@pytest.mark.parametrize(
    ("question", "index"), [(services.DUE.format(""), "job_due"), (services.EXPIRED, "job_leased")]
)
def test_looking_for_work_reads_an_index_of_what_is_not_done(db, question, index):
    Job.objects.bulk_create(Job(kind="test.note", key=str(number), run_at=AT) for number in range(500))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Its planner goes by what it knows of the table.
            cursor.execute("ANALYZE jobs_job")
        explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
        at = connection.ops.adapt_datetimefield_value(AT)
        cursor.execute(explain + question, [at])
        plan = str(cursor.fetchall())

    assert index in plan


def test_looking_for_a_job_that_waits_already_reads_an_index(db):
    Job.objects.bulk_create(Job(kind="test.note", key=str(number), run_at=AT) for number in range(500))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Its planner goes by what it knows of the table.
            cursor.execute("ANALYZE jobs_job")
        explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
        at = connection.ops.adapt_datetimefield_value(AT)
        cursor.execute(explain + services.WAITING.format("%s", "%s", "%s"), ["test.note", "7", at])

        assert "job_waiting_key" in str(cursor.fetchall())
