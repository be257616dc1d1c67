"""A job is a row of the transaction that asks for it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from onward.platform.jobs import enqueue, job, run_due, services
from onward.platform.jobs.models import Job
from onward.platform.jobs.registry import UnknownKind, discover, find
from tests.platform.jobs import ledger

LEASE = timedelta(seconds=60)
AT = datetime(2030, 3, 2, 9, 30, tzinfo=UTC)


def test_a_job_is_due_at_once(db):
    before = timezone.now()

    asked = enqueue("test.note", word="a")

    row = Job.objects.get(pk=asked)
    assert (row.kind, row.payload, row.state, row.attempts, row.max_attempts) == (
        "test.note",
        {"word": "a"},
        "waiting",
        0,
        8,
    )
    assert before <= row.run_at <= timezone.now()


def test_a_job_can_wait_for_its_time(db):
    enqueue("test.note", run_at=AT)

    assert run_due() == 0
    assert Job.objects.get().run_at == AT


def test_a_transaction_that_fails_has_asked_for_nothing(db):
    with transaction.atomic():
        enqueue("test.note")
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def test_asking_costs_one_statement(db, queries):
    with queries() as asked:
        enqueue("test.note")

    assert len(asked) == 1


def test_a_job_with_a_key_is_unique_while_it_waits(db, queries):
    first = enqueue("test.note", key=7, word="a")

    with queries() as asked:
        assert enqueue("test.note", key=7, word="a") == first
    assert len(asked) == 1
    # Another key, another kind, no key: other jobs.
    assert len({first, enqueue("test.note", key=8), enqueue("test.effect", key=7, word="a"), enqueue("test.note")}) == 4

    run_due()

    assert enqueue("test.note", key=7) != first


def test_a_job_that_waits_for_later_does_not_do_for_one_that_is_asked_for_now(db):
    later = enqueue("test.note", key=7, run_at=AT)
    soon = enqueue("test.note", key=7)

    assert soon != later
    assert enqueue("test.note", key=7, run_at=AT) == later


def test_a_job_that_has_begun_does_not_do_for_what_is_asked_since(db):
    first = enqueue("test.note", key=7)
    services.claim(holder="w1", at=timezone.now(), lease=LEASE)

    assert enqueue("test.note", key=7) != first


@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite one transaction writes at a time")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", ["commit", "roll back"])
def test_a_job_that_is_relied_on_begins_after_the_transaction_that_relies_on_it(end):
    """What that has written the job must see; and neither the worker nor anybody else who asks is kept waiting."""

    def elsewhere(function):
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(lambda: (function(), connection.close())[0]).result(20)

    def claim():
        return services.claim(holder="w1", at=timezone.now(), lease=LEASE)

    first = enqueue("test.note", key=7)
    with transaction.atomic():
        assert enqueue("test.note", key=7) == first
        assert elsewhere(claim) is None
        assert elsewhere(lambda: enqueue("test.note", key=7)) == first
        transaction.set_rollback(end == "roll back")

    assert elsewhere(claim).job_id == first


@pytest.mark.parametrize("payload", [{}, {"word": "a"}, {"word": "a", "seconds": 1, "more": 2}])
def test_wrong_arguments_are_refused_where_the_job_is_asked_for(db, payload):
    with pytest.raises(TypeError, match=r"test\.rest takes"):
        enqueue("test.rest", **payload)


def test_arguments_that_json_does_not_know_are_refused(db):
    with pytest.raises(TypeError, match="datetime"):
        enqueue("test.note", word=AT)


def test_a_job_takes_its_arguments_by_keyword():
    with pytest.raises(TypeError, match="by keyword"):

        @job(name="test.wrong")
        def wrong(word: str) -> None: ...


def test_a_job_takes_no_argument_that_asking_for_it_takes():
    with pytest.raises(TypeError, match="key"):

        @job(name="test.wrong")
        def wrong(*, key: str) -> None: ...


def test_a_job_is_named_after_its_app():
    def deliver() -> None: ...

    deliver.__module__ = "onward.domain.accounts.tasks"
    assert job()(deliver).name == "accounts.deliver"
    deliver.__module__ = "onward.domain.accounts.tasks.mails"
    assert job()(deliver).name == "accounts.deliver"


def test_a_job_can_still_be_called(db):
    ledger.note(word="here and now")

    assert ledger.words() == ["here and now"]


def test_a_job_that_nobody_declares_is_unknown():
    with pytest.raises(UnknownKind, match=r"test\.nothing"):
        find("test.nothing")


def test_every_app_declares_its_jobs_in_its_tasks():
    discover()

    assert find("accounts.welcome").name == "accounts.welcome"
