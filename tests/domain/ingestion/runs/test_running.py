"""Runs while they run: watched, cancelled, at the same time as others, and begun again after somebody has died."""

import time
from collections import Counter
from datetime import timedelta
from threading import Thread

import pytest
from django.utils import timezone

from onward.domain.board.models import Posting
from onward.domain.ingestion import queries as read_queries
from onward.domain.ingestion import reading
from onward.domain.ingestion.choices import ReadingState, RunState
from onward.domain.ingestion.models import Reading, Sighting, Source
from onward.domain.ingestion.services import batches, readings, runs
from onward.domain.ingestion.services.readings import Overtaken
from onward.domain.outreach.models import Lead, LeadActivity
from onward.platform.events.models import EventRecord
from onward.platform.jobs import run_due
from onward.platform.jobs import services as jobs
from onward.platform.jobs.models import Job
from onward.platform.jobs.worker import Worker
from onward.platform.outbound import patience
from onward.platform.refusals import Conflict
from tests.domain.ingestion.servers import behaviour
from tests.domain.ingestion.servers.posts import posts
from tests.waiting import until

pytestmark = pytest.mark.django_db


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def working(transactional_db, monkeypatch):
    """A worker that reads in the background, as that of `onward serve` does, and looks more often who is wanted."""
    monkeypatch.setattr(patience, "TURN", 0.05)
    worker = Worker(threads=1, outbound=8, heavy=0, lease=timedelta(seconds=60), periodic=())
    thread = Thread(target=worker.run)
    thread.start()
    yield
    worker.stop()
    thread.join()


@pytest.fixture
def dying(monkeypatch):
    """Let whoever reads die after so many batches: what they have begun is rolled back, and nobody tidies up."""

    def dying(after, most=10):
        monkeypatch.setattr(reading, "MOST", most)
        take_in, left = batches.take_in, [after]

        def taking_in(**told):
            if not left[0]:
                monkeypatch.setattr(batches, "take_in", take_in)
                raise Died
            left[0] -= 1
            return take_in(**told)

        monkeypatch.setattr(batches, "take_in", taking_in)

    return dying


class Died(BaseException):
    """As when the machine loses its power: nobody catches it."""


def die(made):
    """Have the first job of a run read until whoever reads dies, and leave the table as a killed worker leaves it."""
    job = made.readings.get().job_id
    claim = jobs.claim_one(job, holder="x", at=timezone.now(), lease=timedelta(seconds=60))
    from onward.platform.jobs.running import Attempt

    with pytest.raises(Died):
        Attempt(claim).run()
    Job.objects.filter(pk=job).update(leased_until=timezone.now() - timedelta(seconds=1))


def test_a_reading_that_is_begun_again_loses_and_doubles_nothing(local, start, dying):
    local.add("greenhouse", posts(35))
    made = start()
    dying(after=2)
    die(made)
    half = fresh(made)
    assert (half.state, half.found, half.saved) == (RunState.RUNNING, 20, 20)
    assert Posting.objects.count() == 20

    jobs.free_expired(at=timezone.now())
    run_due()

    done = fresh(made)
    assert (done.state, done.found, done.saved, done.duplicates) == (RunState.COMPLETED, 35, 35, 0)
    assert Posting.objects.count() == Sighting.objects.count() == 35
    told = [event.payload for event in EventRecord.objects.filter(name="ingestion.postings_read").order_by("pk")]
    assert Counter(pk for each in told for pk in each["new_ids"]) == Counter(
        Posting.objects.values_list("pk", flat=True)
    )
    assert done.readings.get().attempts == 2


def test_a_ledger_balances_however_often_whoever_reads_dies(local, start, dying):
    """In short what `python -m bench.fetching kills` does with real workers, on all databases and ways to run jobs."""
    local.add("greenhouse", posts(60))
    for number, listed in enumerate((60, 90)):
        local["greenhouse"].posts = posts(listed)
        made, counts = start(), [0]
        for after in (0, 2, 0, 1, 3, 1):
            dying(after=after)
            die(made)
            jobs.free_expired(at=timezone.now())
            counts.append(fresh(made).found)
        run_due()

        done = fresh(made)
        assert counts == sorted(counts)
        new = 30 if number else 60
        assert (done.state, done.found, done.saved, done.duplicates) == ("completed", listed, new, listed - new)
        assert (done.leads, done.filtered) == (new // 2, listed - new // 2)
        assert Posting.objects.count() == Sighting.objects.count() == listed
        assert Lead.objects.count() == LeadActivity.objects.count() == listed // 2
    told = EventRecord.objects.filter(name="ingestion.postings_read").values_list("payload", flat=True)
    assert sorted(pk for each in told for pk in each["new_ids"]) == sorted(Posting.objects.values_list("pk", flat=True))


def test_what_was_rejected_is_counted_once_however_often_a_reading_is_begun(local, start, dying):
    from dataclasses import replace

    listed = posts(35)
    listed[3] = replace(listed[3], title="")
    listed[30] = replace(listed[30], title="")
    local.add("greenhouse", listed)
    made = start()
    dying(after=2)
    die(made)
    assert fresh(made).rejected == 1

    jobs.free_expired(at=timezone.now())
    run_due()

    done = fresh(made)
    assert (done.found, done.saved, done.rejected) == (35, 33, 2)
    assert list(done.readings.get().reasons.values()) == [2]


def test_an_unchanged_source_that_is_begun_again_is_counted_once(local, start, monkeypatch):
    local.add("greenhouse", posts(35), behaviour=behaviour.tagged)
    start()
    run_due()
    made = start()
    monkeypatch.setattr(reading, "MOST", 10)
    taking, left = batches.take_unchanged, [2]

    def dies(**told):
        if not left[0]:
            raise Died
        left[0] -= 1
        return taking(**told)

    monkeypatch.setattr(batches, "take_unchanged", dies)
    die(made)
    assert fresh(made).found == 20
    monkeypatch.setattr(batches, "take_unchanged", taking)

    jobs.free_expired(at=timezone.now())
    run_due()

    assert (fresh(made).found, fresh(made).duplicates) == (35, 35)


def test_who_was_taken_for_dead_writes_no_more(local, start):
    local.add("greenhouse", posts(3))
    made = start()
    row = made.readings.get()
    zombie = readings.begin(reading_id=row.pk, job_id=row.job_id, at=timezone.now())

    run_due()

    assert fresh(made).state == RunState.COMPLETED
    for write in (
        lambda: readings.fail(begun=zombie, reason="x", at=timezone.now()),
        lambda: readings.complete(begun=zombie, etags={}, is_unchanged=False, at=timezone.now()),
        lambda: batches.take_unchanged(begun=zombie, most=5, at=timezone.now(), wanted=lambda: None),
    ):
        with pytest.raises(Overtaken):
            write()
    readings.stop(begun=zombie, at=timezone.now())
    assert made.readings.get().state == ReadingState.COMPLETED


def test_a_source_is_read_by_one_at_a_time(local, working, start):
    host = local.host()
    local.add("greenhouse", posts(20), at=host, behaviour=behaviour.slow(0.1))

    made = [start() for _ in range(4)]

    until(lambda: all(fresh(run).state == RunState.COMPLETED for run in made))
    assert host.most_open == 1
    # Which of them comes first is not said.
    assert Counter((fresh(run).saved, fresh(run).duplicates) for run in made) == {(20, 0): 1, (0, 20): 3}
    assert Posting.objects.count() == 20


def test_runs_over_different_sources_go_on_at_the_same_time(local, working, start):
    local.add("greenhouse", posts(5), behaviour=behaviour.hanging)
    local.add("lever", posts(5))
    made = start("greenhouse")
    until(lambda: local["greenhouse"].requests)

    other = start("lever")

    until(lambda: fresh(other).state == RunState.COMPLETED)
    assert fresh(made).state == RunState.RUNNING
    runs.cancel(run=made, at=timezone.now())
    until(lambda: fresh(made).state == RunState.CANCELLED)


def test_as_each_source_ends_the_run_moves(local, working, start):
    local.add("greenhouse", posts(5), behaviour=behaviour.hanging)
    local.add("lever", posts(5))

    made = start()

    until(lambda: read_queries.run(made.uid).progress == 50)
    moved = {row.source.name: row.state for row in read_queries.readings(made)}
    assert moved == {"greenhouse": "running", "lever": "completed"}
    assert (fresh(made).found, Posting.objects.count()) == (5, 5)
    runs.cancel(run=made, at=timezone.now())
    until(lambda: fresh(made).state == RunState.CANCELLED)


@pytest.mark.parametrize("ill", [behaviour.hanging, behaviour.hanging_midway, behaviour.dripping(0.2)])
def test_a_run_is_cancelled_while_its_source_hangs(local, working, start, ill):
    local.add("greenhouse", posts(50), behaviour=ill)
    made = start()
    until(lambda: local["greenhouse"].requests)

    runs.cancel(run=made, at=timezone.now())
    assert fresh(made).state == RunState.CANCELLING
    began = time.monotonic()
    until(lambda: fresh(made).state == RunState.CANCELLED)

    # The source would have gone on for minutes. On a machine with nothing else to do it takes half a second.
    assert time.monotonic() - began < 30
    until(lambda: Job.objects.get().state == "cancelled")
    assert made.readings.get().state == ReadingState.CANCELLED
    assert Source.objects.get().failures == 0


def test_after_cancelling_nothing_comes(local, start, monkeypatch):
    """What was saved stays; the batch that was on its way does not come in."""
    monkeypatch.setattr(reading, "MOST", 10)
    local.add("greenhouse", posts(35))
    made = start()
    take_in, left = batches.take_in, [2]

    def taking_in(**told):
        if not left[0]:
            runs.cancel(run=made, at=timezone.now())
        left[0] -= 1
        return take_in(**told)

    monkeypatch.setattr(batches, "take_in", taking_in)

    run_due()

    done = fresh(made)
    assert (done.state, done.found, Posting.objects.count()) == (RunState.CANCELLED, 20, 20)
    assert done.finished_at is not None


def test_what_waits_is_cancelled_at_once(local, start):
    local.add("greenhouse", posts(3))
    made = start()

    runs.cancel(run=made, at=timezone.now())

    assert fresh(made).state == RunState.CANCELLED
    run_due()
    assert local["greenhouse"].requests == []
    with pytest.raises(Conflict):
        runs.cancel(run=made, at=timezone.now())


def test_cancelling_twice_is_cancelling_once(local, start, dying):
    local.add("greenhouse", posts(35))
    made = start()
    row = made.readings.get()
    claim = jobs.claim_one(row.job_id, holder="x", at=timezone.now(), lease=timedelta(seconds=60))
    begun = readings.begin(reading_id=row.pk, job_id=claim.job_id, at=timezone.now())

    for _ in range(2):
        runs.cancel(run=made, at=timezone.now())

    assert fresh(made).state == RunState.CANCELLING
    readings.stop(begun=begun, at=timezone.now())
    assert fresh(made).state == RunState.CANCELLED
    assert EventRecord.objects.filter(name="ingestion.run_ended").count() == 1


def test_what_is_over_cannot_be_cancelled(local, run):
    local.add("greenhouse", posts(3))
    done = run()

    with pytest.raises(Conflict):
        runs.cancel(run=done, at=timezone.now())

    assert fresh(done).state == RunState.COMPLETED


def test_a_run_whose_worker_has_died_is_cancelled_all_the_same(local, start, dying):
    local.add("greenhouse", posts(35))
    made = start()
    dying(after=1)
    die(made)
    runs.cancel(run=made, at=timezone.now())
    assert fresh(made).state == RunState.CANCELLING

    jobs.free_expired(at=timezone.now())
    assert readings.tend(at=timezone.now()) == 1

    assert (fresh(made).state, fresh(made).found) == (RunState.CANCELLED, 10)


def test_the_next_run_goes_on_when_the_one_before_was_cancelled(local, start, dying):
    local.add("greenhouse", posts(35))
    first = start()
    dying(after=1)
    die(first)
    second = start()
    run_due()
    assert fresh(second).state == RunState.QUEUED

    runs.cancel(run=first, at=timezone.now())
    jobs.free_expired(at=timezone.now())
    readings.tend(at=timezone.now())
    run_due()

    assert (fresh(second).state, fresh(second).found) == (RunState.COMPLETED, 35)


def test_no_run_runs_for_ever(local, start, dying):
    """Whoever reads a source dies of it every time."""
    local.add("greenhouse", posts(35))
    made = start()
    dying(after=1)
    die(made)
    Job.objects.update(attempts=8)
    jobs.free_expired(at=timezone.now())
    assert Job.objects.get(kind="ingestion.read").state == "dead"

    assert readings.tend(at=timezone.now()) == 1

    row = made.readings.get()
    assert (row.state, row.error) == (ReadingState.FAILED, readings.OVERTAKEN)
    assert fresh(made).state == RunState.FAILED
    assert Source.objects.get().failures == 1
    assert readings.tend(at=timezone.now()) == 0


def test_a_reading_that_everybody_has_forgotten_is_asked_for_again(local, start):
    local.add("greenhouse", posts(3))
    made = start()
    Job.objects.all().delete()

    assert readings.tend(at=timezone.now()) == 1
    run_due()

    assert fresh(made).state == RunState.COMPLETED


def test_what_goes_well_is_left_alone(local, start, dying):
    local.add("greenhouse", posts(35))
    made = start()
    assert readings.tend(at=timezone.now()) == 0
    dying(after=1)
    die(made)

    assert readings.tend(at=timezone.now()) == 0
    assert fresh(made).state == RunState.RUNNING


def test_two_sources_that_find_one_opening_at_the_same_moment_make_one_posting(local, together, start):
    local.add("greenhouse", posts(40))
    local.add("lever", posts(40), company="Northwind Example")
    made = start()
    ids = [row.pk for row in made.readings.all()]
    Job.objects.all().delete()
    Reading.objects.update(job_id=None)

    assert together(2, lambda number: reading.read(ids[number])) == [1, 1]

    done = fresh(made)
    assert (done.state, done.found, done.saved, done.duplicates) == (RunState.COMPLETED, 80, 40, 40)
    assert Posting.objects.count() == 40


def test_a_reading_is_begun_by_one_of_thirty(local, together, start):
    local.add("greenhouse", posts(3))
    (row,) = start().readings.all()

    begun = together(30, lambda number: readings.begin(reading_id=row.pk, job_id=number, at=timezone.now()))

    assert sum(each is not None for each in begun) == 1


def test_thirty_who_cancel_end_a_run_once(local, together, start):
    local.add("greenhouse", posts(3))
    made = start()

    ended = together(30, lambda number: runs.cancel(run=made, at=timezone.now()))

    assert sum(isinstance(each, Conflict) for each in ended) == 29
    assert EventRecord.objects.filter(name="ingestion.run_ended").count() == 1


def test_a_job_that_has_no_more_time_ends_its_reading(local, start, monkeypatch):
    from onward.platform.deadlines import OutOfTime

    local.add("greenhouse", posts(3))
    made = start()

    def late(found, *args, **options):
        raise OutOfTime

    monkeypatch.setattr(reading, "arrive", late)
    run_due()

    assert made.readings.get().error == reading.TOO_LONG
    assert fresh(made).state == RunState.FAILED


def test_progress_is_told_by_what_is_usually_there_and_only_grows(local, start, monkeypatch):
    monkeypatch.setattr(reading, "MOST", 10)
    local.add("greenhouse", posts(40))
    start()
    run_due()
    seen = []
    take_in = batches.take_in

    def taking_in(**told):
        waiting = take_in(**told)
        seen.append(read_queries.run(made.uid).progress)
        return waiting

    monkeypatch.setattr(batches, "take_in", taking_in)
    local["greenhouse"].posts += posts(20, first=41)
    made = start()

    run_due()

    assert seen == [25, 50, 75, 99, 99, 99]
    assert read_queries.run(made.uid).progress == 100
