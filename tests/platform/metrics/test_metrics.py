"""`/metrics`: who may read it, and what it says."""

import errno
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from django.test import Client
from django.utils import timezone

from onward.platform.jobs import cancel, enqueue, run_due, services
from onward.platform.jobs.models import Job
from onward.platform.metrics import requests
from onward.platform.metrics.middleware import LINES, PUSHES, counter
from onward.platform.metrics.requests import Counter
from tests.platform.jobs import ledger  # noqa: F401 (declares the jobs)

FAR = {"REMOTE_ADDR": "203.0.113.9"}


def numbers(client: Client | None = None) -> dict[str, float]:
    answer = (client or Client()).get("/metrics")
    assert answer.status_code == 200, answer.content
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_this_machine_may_read_it(db):
    answer = Client().get("/metrics")

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=")


@pytest.mark.parametrize(
    "headers",
    [
        FAR,
        {"HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"HTTP_FORWARDED": "for=203.0.113.9"},
        {**FAR, "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    ],
)
def test_nobody_else_may_read_it(db, headers):
    assert Client(**headers).get("/metrics").status_code == 403


def test_trusted_networks_may_read_it_and_those_they_speak_for_may_not(db, settings):
    settings.TRUSTED_PROXIES = (ip_network("10.0.0.0/8"), ip_network("127.0.0.0/8"))

    assert Client(REMOTE_ADDR="10.1.2.3").get("/metrics").status_code == 200
    assert Client(REMOTE_ADDR="10.1.2.3", HTTP_X_FORWARDED_FOR="203.0.113.9").get("/metrics").status_code == 403
    assert Client(HTTP_X_FORWARDED_FOR="203.0.113.9").get("/metrics").status_code == 403


def test_with_a_token_nothing_else_opens_it(db, settings):
    settings.METRICS_TOKEN = "a token for those who watch"

    refused = Client().get("/metrics")
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Bearer")
    for given in ("Bearer wrong", "Bearer ", "Basic x", "Bearer ä"):
        assert Client(HTTP_AUTHORIZATION=given).get("/metrics").status_code == 401
    assert Client(**FAR, HTTP_AUTHORIZATION=f"Bearer {settings.METRICS_TOKEN}").get("/metrics").status_code == 200


def test_it_is_only_read(db):
    assert Client().post("/metrics").status_code == 405


def test_requests_are_counted_by_api_status_and_time(as_ada, anonymous):
    name = 'onward_request_duration_seconds_count{{api="{}",status="{}"}}'
    before = numbers()

    as_ada.get("/tracker/api/v1/companies/")
    anonymous.get("/tracker/api/v1/companies/")
    anonymous.get("/robots.txt")

    after = numbers()
    grown = {
        key: after[key] - before.get(key, 0) for key in after if key.startswith("onward_request_duration_seconds_count")
    }
    assert grown[name.format("tracker", 200)] == 1
    assert grown[name.format("tracker", 401)] == 1
    assert grown[name.format("pages", 200)] == 2  # robots.txt and the reading before
    assert after['onward_request_duration_seconds_bucket{api="tracker",le="+Inf",status="200"}'] >= 1
    assert after['onward_request_duration_seconds_sum{api="tracker",status="200"}'] > 0


def test_the_room_on_the_disk_is_told(db, settings):
    free = numbers()[f'onward_disk_free_bytes{{folder="{settings.DATA_DIR}"}}']

    assert 0 < free < 2**63


def test_jobs_are_counted_by_kind_and_state_and_by_what_became_of_them(db):
    enqueue("test.note", word="a")
    run_due()
    before = timezone.now()
    enqueue("test.note", run_at=before - timedelta(minutes=5), word="b")
    cancel(enqueue("test.note", run_at=timezone.now() + timedelta(days=1), word="c"))

    found = numbers()

    assert found['onward_jobs{kind="test.note",state="waiting"}'] == 1
    assert found['onward_jobs_ended_total{kind="test.note",outcome="done"}'] == 1
    assert found['onward_jobs_ended_total{kind="test.note",outcome="cancelled"}'] == 1
    late = found['onward_jobs_oldest_due_seconds{queue="default"}']
    assert 300 <= late <= 300 + (timezone.now() - before).total_seconds()
    assert found['onward_jobs_oldest_due_seconds{queue="outbound"}'] == 0
    assert found['onward_job_duration_seconds_count{kind="test.note",outcome="done"}'] == 1
    assert found['onward_job_duration_seconds_sum{kind="test.note",outcome="done"}'] >= 0


def test_what_is_swept_still_counts(db):
    at = datetime(2026, 3, 2, tzinfo=UTC)
    for _ in range(3):
        Job.objects.create(
            kind="test.note",
            state="done",
            started_at=at - timedelta(days=9, seconds=2),
            finished_at=at - timedelta(days=9),
        )
    Job.objects.create(kind="test.note", state="done", started_at=at - timedelta(seconds=2), finished_at=at)
    before = numbers()

    assert services.sweep(at=at) == 3

    after = numbers()
    for key in ("onward_jobs_ended_total", "onward_job_duration_seconds_sum", "onward_job_duration_seconds_count"):
        name = f'{key}{{kind="test.note",outcome="done"}}'
        assert after[name] == before[name] == (8 if key.endswith("sum") else 4)


COUNT = """
import sys
from pathlib import Path
from onward.platform.metrics.requests import Counter
counter = Counter(Path(sys.argv[1]), ("tracker", "pages"))
for _ in range(1000):
    counter.count("tracker", 200, 0.003)
"""


def test_the_counts_of_several_processes_are_one_sum_and_outlive_them(tmp_path):
    # Processes of one server share their parent, as these two do with each other.
    run = f"import subprocess, sys; [subprocess.run([sys.executable, '-c', {COUNT!r}, {str(tmp_path)!r}], check=True) for _ in '12']"
    read = "import os; from pathlib import Path; from onward.platform.metrics.requests import Counter; os.getppid = os.getpid; print(next(iter(Counter(Path({!r}), ('tracker', 'pages')).read())))"
    answer = subprocess.run(
        [sys.executable, "-c", f"{run}\n{read.format(str(tmp_path))}"],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ,
    )

    assert "status=200, counts=[0, 0, 2000, 0" in answer.stdout
    assert "seconds=6.0" in answer.stdout


def test_the_counts_of_servers_that_are_gone_are_removed(tmp_path):
    machine = socket.gethostname()
    (tmp_path / f"{machine}-4194304").mkdir()

    Counter(tmp_path, ("tracker",))

    assert [path.name for path in tmp_path.iterdir()] == [f"{machine}-{os.getppid()}"]


def test_what_a_process_says_of_itself_is_gone_or_stays_when_it_ends(tmp_path):
    counter = Counter(tmp_path, ("tracker",), noted=("lines", "pushes"))
    run = "import os, sys; from pathlib import Path; from onward.platform.metrics.requests import Counter; os.getppid = lambda: int(sys.argv[2]); c = Counter(Path(sys.argv[1]), ('tracker',), noted=('lines', 'pushes')); c.note('lines', 7); c.note('pushes', 40); c.note('pushes', 41)"
    subprocess.run([sys.executable, "-c", run, str(tmp_path), str(os.getppid())], check=True, env=os.environ)
    counter.note("lines", 5)
    counter.note("pushes", 100)

    assert (counter.now("lines"), counter.ever("lines"), counter.ever("pushes")) == (5, 12, 141)
    counter.note("lines", 4)
    counter.count("tracker", 200, 0.003)
    assert counter.now("lines") == 4
    assert [(found.status, sum(found.counts)) for found in counter.read()] == [(200, 1)]


def test_lines_and_what_they_are_told_are_among_the_numbers(db):
    counter().note(LINES, 3)
    counter().note(PUSHES, 50)

    found = numbers()

    assert (found["onward_live_lines"], found["onward_live_pushes_total"]) == (3, 50)


def no_room(*arguments):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_requests_are_counted_in_memory_when_the_disk_has_no_room(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(requests, "_reserve", no_room)
    counter = Counter(tmp_path, ("tracker", "pages"))

    counter.count("tracker", 200, 0.01)
    counter.count("tracker", 200, 0.01)

    assert [(found.api, found.status, sum(found.counts)) for found in counter.read()] == [("tracker", 200, 2)]
    assert caplog.text.count("in this process alone") == 1


def test_the_room_for_counts_is_taken_when_they_are_made(tmp_path):
    counter = Counter(tmp_path, ("tracker", "pages"))

    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert path.stat().st_blocks * 512 >= path.stat().st_size == counter._size
