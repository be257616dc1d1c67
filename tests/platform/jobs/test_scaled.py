"""Jobs over Celery: the row is the truth, and Redis may be slow, stopped or emptied."""

import json
from base64 import b64decode
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
import redis
from celery import Celery
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, transaction
from django.utils import timezone

from onward.config.environment import read
from onward.platform.jobs import broker, enqueue, services
from onward.platform.jobs.models import Job
from onward.platform.jobs.registry import periodic_kinds
from onward.platform.jobs.scaled import keep_house, run
from tests.config.test_serve import Serving, migrate
from tests.platform.jobs import ledger
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


def messages(url: str, queue: str = "default") -> list[Any]:
    found = redis.Redis.from_url(url).lrange(broker.queue_name(queue), 0, -1)
    return [json.loads(b64decode(json.loads(message)["body"]))[0] for message in reversed(found)]


def of_tests(url: str) -> list[Any]:
    """Return the messages but those of periodic jobs, whose time may come while a test runs."""
    periodic = {kind.name for kind in periodic_kinds()}
    ours = set(Job.objects.exclude(kind__in=periodic).values_list("pk", flat=True))
    return [message for message in messages(url) if message[0] in ours]


@pytest.fixture
def sent(monkeypatch) -> list[object]:
    """The questions that were put to Redis, answered or not."""
    found: list[object] = []
    send = Celery.send_task

    def ask(self, *args, **more):
        found.append(more["args"])
        return send(self, *args, **more)

    monkeypatch.setattr(Celery, "send_task", ask)
    return found


def test_a_message_carries_the_id_of_the_job_and_nothing_else(scaled):
    first = enqueue("test.note", word="private")
    second = enqueue("test.note", word="private")

    assert messages(scaled) == [[first], [second]]
    assert b"private" not in b"".join(redis.Redis.from_url(scaled).lrange(broker.queue_name("default"), 0, -1))


def test_a_message_is_sent_when_the_transaction_has_ended_and_not_before(scaled):
    with transaction.atomic():
        enqueue("test.note")
        assert messages(scaled) == []
    assert len(messages(scaled)) == 1

    with transaction.atomic():
        enqueue("test.note")
        transaction.set_rollback(True)
    assert len(messages(scaled)) == 1


def test_nothing_is_sent_for_a_job_whose_time_has_not_come_until_it_has(scaled):
    asked = enqueue("test.note", run_at=timezone.now() + timedelta(hours=1))
    keep_house()
    assert of_tests(scaled) == []

    Job.objects.filter(pk=asked).update(run_at=timezone.now())
    keep_house()
    keep_house()

    # Once: the sweep after it leaves the workers some time.
    assert of_tests(scaled) == [[asked]]


def test_a_message_that_comes_twice_or_too_late_runs_nothing(scaled):
    asked = enqueue("test.note", word="a")

    run(asked)
    run(asked)
    run(asked + 1000)

    assert ledger.words() == ["a"]


def test_a_job_that_fails_is_told_of_again_when_its_time_comes(scaled):
    asked = enqueue("test.fail", message="x")
    run(asked)
    redis.Redis.from_url(scaled).flushdb()
    later = timezone.now() + timedelta(seconds=30)

    services.announce_due(at=timezone.now(), again_after=timedelta(seconds=10), most=10)
    assert messages(scaled) == []
    services.announce_due(at=later, again_after=timedelta(seconds=10), most=10)
    assert messages(scaled) == [[asked]]


def test_a_redis_that_stops_answering_holds_up_a_write_once_for_a_second(line, sent, ada, anonymous):
    assert broker.PATIENCE == 1

    def write() -> None:
        answer = anonymous.post("/tracker/api/v1/auth/password-reset/", {"email": ada.email})
        assert answer.status_code == 200

    # A connection that was good a moment ago.
    write()
    line.paused = True
    sent.clear()

    # It goes on to say nothing: that they return at all is its patience's doing, and only the first one asks.
    for _ in range(3):
        write()

    assert len(sent) == 1
    assert Job.objects.filter(state="waiting").count() == 4


def test_many_jobs_of_one_write_wait_for_redis_once(line, sent):
    line.paused = True

    with transaction.atomic():
        for number in range(10):
            enqueue("test.note", word=f"{number}")

    assert len(sent) == 1


def test_writes_at_the_same_moment_wait_for_redis_beside_each_other(line, sent, together, monkeypatch):
    monkeypatch.setattr(broker, "PATIENCE", 240)
    broker.app().send_task("test", args=[0])
    line.paused = True

    def let_go() -> None:
        # Only when each has a connection of its own, however long that takes.
        until(lambda: len(sent) == 17 and line.connections >= 16)
        line.cut()

    letting = Thread(target=let_go)
    letting.start()
    together(16, lambda number: enqueue("test.note", word=f"{number}"))
    letting.join()

    assert Job.objects.count() == 16


def test_a_redis_that_is_not_there_is_asked_once(scaled, sent, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    broker.app.cache_clear()

    for _ in range(3):
        enqueue("test.note")

    assert len(sent) == 1
    assert {job.state for job in Job.objects.all()} == {"waiting"}


def test_jobs_that_redis_never_heard_of_or_has_forgotten_run_all_the_same(line, celery):
    for number in range(10):
        enqueue("test.note", word=f"forgotten {number}")
    redis.Redis.from_url(line.url).flushdb()
    line.paused = True
    for number in range(10):
        enqueue("test.note", word=f"unheard {number}")

    celery.start("worker")
    celery.start("beat")

    until(lambda: Job.objects.filter(state="done").count() == 20)
    assert len(ledger.words()) == len(set(ledger.words())) == 20
    # And wiped under running workers, too.
    redis.Redis.from_url(celery.url).flushdb()
    line.paused = False
    broker._rests_until = 0.0
    enqueue("test.note", word="after all")
    until(lambda: Job.objects.filter(state="done").count() == 21)


@pytest.mark.parametrize("pool", ["prefork", "threads"])
def test_celery_stops_what_takes_too_long_and_what_is_cancelled(scaled, celery, pool):
    looping = enqueue("test.loop", word="loop")
    polling = enqueue("test.poll", word="poll")
    celery.start("worker", "--pool", pool)

    until(lambda: "began:poll" in ledger.words())
    services.cancel(polling)
    until(lambda: Job.objects.get(pk=polling).state == "cancelled")
    until(lambda: Job.objects.get(pk=looping).attempts == 1 and Job.objects.get(pk=looping).state == "waiting")
    assert "OutOfTime" in Job.objects.get(pk=looping).error


def test_two_sweeps_at_the_same_moment_make_each_occurrence_once(scaled, together):
    outcomes = together(2, lambda _: keep_house())

    assert outcomes == [None, None]
    occurrences = list(Job.objects.values_list("kind", "occurrence"))
    assert len(occurrences) == len(set(occurrences)) == len(periodic_kinds())


def test_with_celery_serve_starts_no_worker_of_its_own(scaled, tmp_path):
    migrate(tmp_path)
    serving = Serving(tmp_path, ONWARD_WORKER="celery", ONWARD_REDIS_URL=scaled)
    try:
        assert serving.get() == 200
        assert set(serving.children) == {"web"}
    finally:
        serving.end()


def test_celery_without_a_redis_is_refused():
    with pytest.raises(ImproperlyConfigured, match="WORKER=celery needs REDIS_URL"):
        read({"ONWARD_WORKER": "celery"})


def test_what_is_done_is_recorded_when_the_database_is_back(scaled, monkeypatch):
    monkeypatch.setattr("onward.platform.jobs.scaled.DATABASE_PAUSE", 0.05)
    finish = services.finish
    troubles = iter([OperationalError("away")] * 3)

    def late(claim, *, at):
        for problem in troubles:
            raise problem
        return finish(claim, at=at)

    monkeypatch.setattr(services, "finish", late)
    asked = enqueue("test.note", word="a")

    run(asked)

    assert (Job.objects.get().state, ledger.words()) == ("done", ["a"])
