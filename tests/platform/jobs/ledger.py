"""Jobs for tests, which write down what they do: ``began:a`` and ``ended:a`` in the table of events."""

import os
import random
import time

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from onward.platform.events.models import EventRecord
from onward.platform.jobs import Cancelled, cancelled, job, progress


def write(word: str) -> None:
    EventRecord.objects.create(name=word, payload={"pid": os.getpid()}, happened_at=timezone.now())


def words() -> list[str]:
    return list(EventRecord.objects.order_by("id").values_list("name", flat=True))


@job(name="test.note")
def note(*, word: str = "noted") -> None:
    write(word)


@job(name="test.count")
def count(*, done: int) -> int:
    """Return how much was done."""
    return done


@job(name="test.effect")
def effect(*, word: str) -> None:
    """Have an effect that cannot be had twice."""
    time.sleep(random.uniform(0, 0.03))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO test_effects (word, pid) VALUES (%s, %s)", [word, os.getpid()])
    except IntegrityError:
        return
    time.sleep(random.uniform(0, 0.03))


@job(name="test.rest")
def rest(*, word: str, seconds: float) -> None:
    write(f"began:{word}")
    time.sleep(seconds)
    write(f"ended:{word}")


@job(name="test.loop", max_attempts=2, time_limit=0.5)
def loop(*, word: str) -> None:
    """Steps without an end."""
    write(f"began:{word}")
    while True:
        progress(1)
        time.sleep(0.01)


@job(name="test.steps")
def steps(*, word: str, count: int = 2000) -> None:
    """Tells how far it is."""
    write(f"began:{word}")
    for number in range(count):
        progress(number * 100 // count, f"step {number}")
        time.sleep(0.01)
    write(f"ended:{word}")


@job(name="test.poll")
def poll(*, word: str) -> None:
    """Asks whether it is still wanted, and tidies up when it is not."""
    write(f"began:{word}")
    while not cancelled():
        time.sleep(0.01)
    write(f"tidied:{word}")
    raise Cancelled


@job(name="test.fail", max_attempts=3)
def fail(*, message: str) -> None:
    raise LookupError(message)


@job(name="test.leave")
def leave() -> None:
    raise SystemExit(1)
