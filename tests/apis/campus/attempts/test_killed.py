"""What becomes of an attempt whose worker is killed while it hands in what was saved."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from onward.domain.learning.models import Attempt
from onward.platform.events.models import EventRecord
from onward.platform.jobs.models import Job
from tests.apis.campus.attempts.asking import begin, limit, path_of, wait
from tests.platform.jobs.test_processes import address
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


def worker():
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("process.py"))],
        env={**os.environ, "ONWARD_DATABASE_URL": address()},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def test_another_worker_hands_in_what_was_saved_once(as_ada, quiz, text, number):
    limit(quiz, time_limit=60, attempts_allowed=1)
    begin(as_ada, quiz)
    as_ada.put(path_of(quiz, "attempt"), {"answers": {str(text.pk): "river"}})
    wait(61)
    first, second = worker(), None
    try:
        assert first.stdout.readline() == "handing in\n"
        os.kill(first.pid, signal.SIGKILL)
        first.wait(120)
        assert Attempt.objects.get().submitted_at is None
        assert not EventRecord.objects.filter(name="learning.attempt_submitted").exists()

        second = worker()
        until(lambda: Attempt.objects.get().submitted_at is not None)
        until(lambda: Job.objects.get(kind="learning.hand_in").state == "done")
    finally:
        for process in filter(None, (first, second)):
            process.kill()
            process.communicate(timeout=120)

    attempt = Attempt.objects.get()
    assert attempt.submitted_at == attempt.deadline
    assert (attempt.answers, attempt.score) == ({str(text.pk): "river"}, 1)
    assert EventRecord.objects.filter(name="learning.attempt_submitted").count() == 1
    assert Job.objects.get(kind="learning.hand_in").attempts == 2
    assert as_ada.get(path_of(quiz, "attempts")).json()["count"] == 1
