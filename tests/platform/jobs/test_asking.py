"""A job is a row of the transaction that asks for it."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import timezone

from onward.platform.jobs import enqueue, job, run_due
from onward.platform.jobs.models import Job
from onward.platform.jobs.registry import UnknownKind, discover, find
from tests.platform.jobs import ledger

AT = datetime(2030, 3, 2, 9, 30, tzinfo=UTC)


def test_a_job_is_due_at_once(db):
    before = timezone.now()

    asked = enqueue(ledger.note, word="a")

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
    enqueue(ledger.note, run_at=AT)

    assert run_due() == 0
    assert Job.objects.get().run_at == AT


def test_a_transaction_that_fails_has_asked_for_nothing(db):
    with transaction.atomic():
        enqueue(ledger.note)
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def test_asking_costs_one_statement(db, queries):
    with queries() as asked:
        enqueue(ledger.note)

    assert len(asked) == 1


@pytest.mark.parametrize("payload", [{}, {"word": "a"}, {"word": "a", "seconds": 1, "more": 2}])
def test_wrong_arguments_are_refused_where_the_job_is_asked_for(db, payload):
    with pytest.raises(TypeError, match=r"test\.rest takes"):
        enqueue(ledger.rest, **payload)


def test_arguments_that_json_does_not_know_are_refused(db):
    with pytest.raises(TypeError, match="datetime"):
        enqueue(ledger.note, word=AT)


def test_a_job_takes_its_arguments_by_keyword():
    with pytest.raises(TypeError, match="by keyword"):

        @job(name="test.wrong")
        def wrong(word: str) -> None: ...


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
