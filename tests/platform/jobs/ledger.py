"""Jobs for tests, which write down what they do: ``began:a`` and ``ended:a`` in the table of events."""

import os
import time

from django.utils import timezone

from onward.platform.events.models import EventRecord
from onward.platform.jobs import job


def write(word: str) -> None:
    EventRecord.objects.create(name=word, payload={"pid": os.getpid()}, happened_at=timezone.now())


def words() -> list[str]:
    return list(EventRecord.objects.order_by("id").values_list("name", flat=True))


@job(name="test.note")
def note(*, word: str = "noted") -> None:
    write(word)


@job(name="test.rest")
def rest(*, word: str, seconds: float) -> None:
    write(f"began:{word}")
    time.sleep(seconds)
    write(f"ended:{word}")


@job(name="test.fail", max_attempts=3)
def fail(*, message: str) -> None:
    raise LookupError(message)


@job(name="test.leave")
def leave() -> None:
    raise SystemExit(1)
