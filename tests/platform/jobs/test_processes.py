"""Workers in processes of their own: together, told to stop, and killed."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from onward.platform.events.models import EventRecord
from onward.platform.jobs import enqueue
from onward.platform.jobs.models import Job, State
from tests.platform.jobs import ledger
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)

HERE = Path(__file__).parent


def address() -> str:
    """Say to another process where this test's database is."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    password = f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else ""
    host = f"{database['HOST'] or '127.0.0.1'}:{database['PORT'] or 5432}"
    return f"postgresql://{quote(database['USER'])}{password}@{host}/{database['NAME']}"


@pytest.fixture
def start() -> Iterator:
    """Start a worker and wait until it is ready."""
    started: list[subprocess.Popen[str]] = []

    def one(*, lease: float = 2, grace: float = 8) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(HERE / "process.py"), str(lease), str(grace)],
            env={**os.environ, "ONWARD_DATABASE_URL": address()},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield one
    for process in started:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=120)


def counts() -> dict[str, int]:
    return {state: Job.objects.filter(state=state).count() for state in State.values}


def test_two_workers_share_the_work_and_run_nothing_twice(start):
    start()
    start()

    for number in range(120):
        enqueue("test.note", word=f"{number}")
    until(lambda: counts()["done"] == 120)

    rows = EventRecord.objects.values_list("name", "payload__pid")
    assert sorted(int(name) for name, _ in rows) == list(range(120))
    assert len({pid for _, pid in rows}) == 2


def test_the_job_of_a_killed_worker_runs_again(start):
    enqueue("test.rest", word="a", seconds=0.5)
    first = start(lease=1)
    until(lambda: ledger.words() == ["began:a"])

    os.kill(first.pid, signal.SIGKILL)
    first.wait(120)
    assert counts()["running"] == 1
    start(lease=1)

    until(lambda: counts()["done"] == 1)
    assert ledger.words() == ["began:a", "began:a", "ended:a"]
    assert Job.objects.get().attempts == 2


def test_no_job_is_lost_when_workers_are_killed_again_and_again(start):
    for number in range(30):
        enqueue("test.rest", word=f"{number}", seconds=0.05)

    for pause in (0.2, 0.5):
        doomed = start(lease=1)
        time.sleep(pause)
        os.kill(doomed.pid, signal.SIGKILL)
        doomed.wait(120)
    start(lease=1)

    until(lambda: counts()["done"] == 30)
    ended = [word for word in ledger.words() if word.startswith("ended")]
    # At least once each, and again only where a kill fell between the work and its record.
    assert set(ended) == {f"ended:{number}" for number in range(30)}
    assert len(ended) <= 32


def test_a_worker_told_to_stop_ends_its_job_and_leaves(start):
    enqueue("test.rest", word="a", seconds=0.3)
    worker = start(lease=240, grace=120)
    until(lambda: ledger.words() == ["began:a"])

    os.kill(worker.pid, signal.SIGTERM)

    assert worker.wait(120) == 0
    assert ledger.words() == ["began:a", "ended:a"]
    assert counts()["done"] == 1


def test_a_worker_in_haste_gives_its_job_to_the_next_one(start):
    enqueue("test.rest", word="a", seconds=600)
    worker = start(grace=0.3)
    until(lambda: ledger.words() == ["began:a"])

    os.kill(worker.pid, signal.SIGTERM)

    assert worker.wait(120) == 0
    assert ledger.words() == ["began:a"]
    row = Job.objects.get()
    assert (row.state, row.attempts, row.lease_holder) == ("waiting", 0, "")


def test_the_command_works_and_stays_small(start):
    worker = subprocess.Popen(
        [sys.executable, "-m", "onward", "worker"],
        env={**os.environ, "ONWARD_DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert worker.stdout is not None
        assert "waits for jobs" in worker.stdout.readline()
        time.sleep(0.3)
        status = Path(f"/proc/{worker.pid}/status")
        if status.exists():
            found = re.search(r"VmRSS:\s+(\d+) kB", status.read_text())
            assert found
            assert int(found[1]) < 100_000
        os.kill(worker.pid, signal.SIGTERM)
        assert worker.wait(120) == 0
    finally:
        worker.kill()
        worker.wait(120)
        worker.stdout.close()
