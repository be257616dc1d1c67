"""Workers in processes of their own: together, told to stop, and killed."""

import os
import re
import signal
import subprocess
import sys
import time
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

    start.kill(first)
    assert counts()["running"] == 1
    start(lease=1)

    until(lambda: counts()["done"] == 1)
    assert ledger.words() == ["began:a", "began:a", "ended:a"]
    assert Job.objects.get().attempts == 2


def test_a_worker_told_to_stop_ends_its_job_and_leaves(start):
    enqueue("test.rest", word="a", seconds=0.3)
    worker = start(lease=240, grace=120)
    until(lambda: ledger.words() == ["began:a"])

    os.kill(worker, signal.SIGTERM)

    assert start.ended(worker) == 0
    assert ledger.words() == ["began:a", "ended:a"]
    assert counts()["done"] == 1


def test_a_worker_in_haste_gives_its_job_to_the_next_one(start):
    enqueue("test.rest", word="a", seconds=600)
    worker = start(grace=0.3)
    until(lambda: ledger.words() == ["began:a"])

    os.kill(worker, signal.SIGTERM)

    assert start.ended(worker) == 0
    assert ledger.words() == ["began:a"]
    row = Job.objects.get()
    assert (row.state, row.attempts, row.lease_holder) == ("waiting", 0, "")


def test_the_command_works_and_stays_small():
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
