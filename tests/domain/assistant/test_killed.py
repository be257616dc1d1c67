"""What becomes of a task whose worker is killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from onward.domain.assistant import services
from onward.domain.assistant.asking import Asked
from onward.domain.assistant.choices import Kind
from onward.domain.assistant.models import Generation, Task
from tests.domain.assistant.writers import POSTING
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


def until_it_is(status):
    until(lambda: Task.objects.get().status == status)


def test_another_worker_takes_a_task_up_again_and_one_result_is_kept(ada):
    asked = Asked(kind=Kind.INTERVIEW_QUESTIONS, posting=POSTING)
    services.ask(owner_id=ada.pk, asked=asked, at=timezone.now())
    first, second = worker(), None
    try:
        until_it_is("processing")
        os.kill(first.pid, signal.SIGKILL)
        first.wait(120)
        assert Generation.objects.count() == 0

        second = worker()
        until_it_is("completed")
    finally:
        for process in filter(None, (first, second)):
            process.kill()
            process.communicate(timeout=120)

    task = Task.objects.get()
    assert (task.attempts, task.error) == (2, "")
    assert Generation.objects.get().pk == task.result["saved_id"]
