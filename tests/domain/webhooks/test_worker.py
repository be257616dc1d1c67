"""Deliveries by a worker: what hangs holds up nobody, and what a dead worker held is sent by the next."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection

from onward.domain.webhooks import sending
from onward.domain.webhooks.models import Delivery, Endpoint
from onward.platform.jobs.worker import Worker
from tests.factories import EndpointFactory
from tests.platform.jobs.test_processes import address
from tests.platform.outbound.servers import answering, hanging, serving
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)

COMPANIES = "/tracker/api/v1/companies/"
HANGING = 50


@pytest.fixture
def working():
    """Run a worker beside the test."""
    worker = Worker(grace=1, periodic=[])
    thread = Thread(target=worker.run, daemon=True)
    thread.start()
    yield worker
    worker.stop()
    thread.join(120)
    assert not thread.is_alive()


def test_fifty_receivers_that_hang_do_not_delay_one_that_is_well(ada, as_ada, working, monkeypatch):
    # Longer than the test: whoever hangs goes on hanging until its server is told to stop.
    monkeypatch.setattr(sending, "DEADLINE", 60.0)
    with serving(hanging) as bad, serving(answering(200)) as good:
        for _ in range(HANGING):
            EndpointFactory(owner=ada, url=bad.url)
        EndpointFactory(owner=ada, url=good.url)
        as_ada.post(COMPANIES, {"name": "Acme"})
        until(lambda: good.connections == 1 and bad.connections == HANGING)
        as_ada.post(COMPANIES, {"name": "Bolt"})
        until(lambda: good.connections == 2)

        # Nobody waited for one that hangs: all of them still do. Nor did anything overtake what is being sent to them.
        assert not Delivery.objects.filter(status="retrying").exists()
        assert bad.connections == HANGING
        bad.stopping.set()
        until(lambda: Delivery.objects.filter(status="retrying").count() >= HANGING)


def test_what_a_killed_worker_was_sending_is_sent_by_the_next(ada, as_ada):
    def start():
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("process.py"))],
            env={**os.environ, "ONWARD_DATABASE_URL": address()},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout.readline() == "ready\n"
        return process

    waits = []

    def conversation(stream, server):
        waits.append(1)
        (hanging if len(waits) == 1 else answering(200))(stream, server)

    with serving(conversation) as server:
        EndpointFactory(owner=ada, url=server.url)
        as_ada.post(COMPANIES, {"name": "Acme"})
        as_ada.post(COMPANIES, {"name": "Bolt"})
        first = start()
        until(lambda: len(server.requests) == 1)
        os.kill(first.pid, signal.SIGKILL)
        first.communicate(timeout=120)
        # Its hold is believed for thirty seconds; the test does not wait for them.
        Endpoint.objects.update(claimed_until=Endpoint.objects.get().created_at)
        second = start()
        try:
            until(lambda: Delivery.objects.filter(status="success").count() == 2)
        finally:
            with suppress(ProcessLookupError):
                os.kill(second.pid, signal.SIGKILL)
            second.communicate(timeout=120)

    connection.close()
    ids = [request.split(b"webhook-id: ")[1][:36] for request in server.requests]
    assert len(ids) == 3
    assert len(set(ids)) == 2
    assert ids[0] == ids[1]
