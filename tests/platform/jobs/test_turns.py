"""Heavy jobs: accounts take turns, and light jobs never wait for them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from onward.platform.jobs import broker, enqueue, job, run_due, scaled, services
from onward.platform.jobs.models import Job, State
from onward.platform.jobs.registry import HEAVY
from onward.platform.jobs.worker import HEAVY_THREADS, OUTBOUND_THREADS, THREADS, Worker, holder_name
from tests.platform.jobs import ledger  # noqa: F401 (declares the jobs)

LEASE = timedelta(seconds=60)
ADA, BEN, CLEO = 1, 2, 3


@job(queue=HEAVY, name="test.toil")
def toil() -> None:
    """Take long, in other tests' imagination."""


def ask(*accounts):
    return [enqueue("test.toil", account=account) for account in accounts]


def take():
    return services.claim_heavy(holder=holder_name(), at=timezone.now(), lease=LEASE)


def takes(count):
    """Who gets the next turns, when none of them ends."""
    claims = [take() for _ in range(count)]
    return [Job.objects.get(pk=claim.job_id).account if claim else None for claim in claims]


@pytest.mark.django_db
def test_two_of_an_account_run_at_a_time_and_the_third_waits_for_one_of_them():
    ask(*[ADA] * 4)
    first, second = take(), take()

    assert take() is None
    services.finish(first, at=timezone.now())
    third = take()
    assert third.job_id not in {first.job_id, second.job_id}
    assert take() is None


@pytest.mark.django_db
def test_who_comes_later_does_not_wait_for_all_that_another_has_asked_for():
    ask(*[ADA] * 20, BEN, CLEO)

    assert takes(5) == [ADA, BEN, CLEO, ADA, None]


@pytest.mark.django_db
def test_with_room_for_one_accounts_take_turns():
    ask(*[ADA] * 3, *[BEN] * 3, CLEO)

    order = []
    while claim := take():
        order.append(Job.objects.get(pk=claim.job_id).account)
        services.finish(claim, at=timezone.now())

    assert order == [ADA, BEN, CLEO, ADA, BEN, ADA, BEN]


@pytest.mark.django_db
def test_a_light_job_is_taken_however_many_heavy_ones_wait():
    ask(*[ADA] * 20)
    light = enqueue("test.note")

    assert services.claim(holder=holder_name(), at=timezone.now(), lease=LEASE).job_id == light
    assert services.claim(holder=holder_name(), at=timezone.now(), lease=LEASE) is None


@pytest.mark.parametrize(
    ("free", "taken"),
    [
        (["default", "outbound", "heavy"], "test.note"),
        (["heavy"], "test.toil"),
        (["outbound"], None),
        (["outbound", "heavy"], "test.toil"),
    ],
)
@pytest.mark.django_db
def test_a_worker_takes_what_it_has_threads_for_light_jobs_first(free, taken):
    ask(ADA)
    enqueue("test.note")

    found = Worker()._claim_from(free, holder_name())

    assert (found.kind if found else None) == taken


def test_a_worker_has_room_for_heavy_jobs_of_several_accounts():
    worker = Worker()

    assert {name: pool._most for name, pool in worker._pools.items()} == {
        "default": THREADS,
        "outbound": OUTBOUND_THREADS,
        HEAVY: HEAVY_THREADS,
    }


@pytest.mark.django_db(transaction=True)
def test_workers_that_claim_at_once_let_no_third_one_through():
    ask(*[ADA] * 8)

    def claim(_):
        try:
            return take()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(claim, range(8)))

    assert Job.objects.filter(state=State.RUNNING).count() == 2


@pytest.mark.django_db
def test_a_message_of_a_heavy_job_brings_the_one_whose_turn_it_is_and_tells_of_the_next(monkeypatch):
    told = []
    monkeypatch.setattr(broker, "announce", lambda job_id, *more: told.append(job_id) or True)
    asked = ask(ADA, ADA, ADA, BEN)
    busy = [take(), take(), take()]
    assert [claim.job_id for claim in busy] == [asked[0], asked[3], asked[1]]

    scaled.run_heavy(asked[2])
    assert Job.objects.get(pk=asked[2]).state == State.WAITING
    services.finish(busy[0], at=timezone.now())
    more = ask(BEN)[0]
    scaled.run_heavy(asked[0])

    assert Job.objects.get(pk=more).state == State.DONE
    assert told == [asked[2]]


@pytest.mark.django_db
def test_all_that_is_due_is_run_heavy_or_light():
    ask(ADA, ADA, ADA)

    assert run_due() == 3
