"""Two hundred jobs, and a worker that is killed at twenty moments: every effect once, none lost, on every engine."""

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection

from onward.platform.jobs import enqueue
from onward.platform.jobs.models import Job
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)

HERE = Path(__file__).parent
JOBS, KILLS = 200, 20


@pytest.fixture
def effects() -> Iterator[None]:
    """The table in which jobs have their effects, each at most once."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE test_effects (word varchar(50) PRIMARY KEY, pid integer NOT NULL)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE test_effects")


def ask(round_: int) -> None:
    """Ask for some of the jobs, and wait until a worker is at one of them and a moment more."""
    asked = [enqueue("test.effect", word=f"{JOBS // KILLS * round_ + number}") for number in range(JOBS // KILLS)]
    until(lambda: Job.objects.filter(pk__in=asked).exclude(state="waiting").exists())
    time.sleep(random.uniform(0, 0.15))


def account(engine: str) -> dict[str, int]:
    """Compare what was asked for with what has come of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM test_effects")
        words = [row[0] for row in cursor.fetchall()]
    rows = Job.objects.filter(kind="test.effect")
    found = {
        "acked": rows.count(),
        "done": rows.filter(state="done").count(),
        "doubled": len(words) - len(set(words)),
        "lost": len({f"{number}" for number in range(JOBS)} - set(words)),
        "attempts": sum(rows.values_list("attempts", flat=True)),
    }
    print(f"\n{connection.vendor} + {engine}, {KILLS} kills:", ", ".join(f"{k} {v}" for k, v in found.items()))
    return found


def test_the_embedded_worker_loses_and_doubles_nothing(effects, start):
    for number in range(KILLS):
        worker = start(threads=4, lease=1)
        ask(number)
        start.kill(worker)
    start(threads=4, lease=1)
    until(lambda: Job.objects.filter(state="done").count() == JOBS)

    found = account("embedded")
    assert (found["acked"], found["done"], found["doubled"], found["lost"]) == (JOBS, JOBS, 0, 0)
    # Only what a kill fell on is done again: four threads had one each.
    assert found["attempts"] <= JOBS + 4 * KILLS


def test_celery_loses_and_doubles_nothing(effects, scaled, celery):
    celery.start("beat")
    workers = [celery.start("worker"), celery.start("worker")]

    for number in range(KILLS):
        ask(number)
        doomed = number % 2
        children = celery.children(workers[doomed])
        if number in (5, 12) or not children:
            # All of it, as when a machine loses its power.
            celery.kill(workers[doomed])
            workers[doomed] = celery.start("worker")
        else:
            with suppress(ProcessLookupError):
                os.kill(random.choice(children), signal.SIGKILL)
    until(lambda: Job.objects.filter(state="done").count() == JOBS)

    found = account("Celery and Redis")
    assert (found["acked"], found["done"], found["doubled"], found["lost"]) == (JOBS, JOBS, 0, 0)
