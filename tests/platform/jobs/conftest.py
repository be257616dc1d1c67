"""Processes that work, and a Redis that can be stopped."""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
import redis

from onward.platform.jobs import broker

ROOT = Path(__file__).parents[3]


def forget_broker() -> None:
    broker.app.cache_clear()
    broker._rests_until = 0.0


@pytest.fixture
def scaled(redis_url, settings) -> Iterator[str]:
    """Settings under which Celery runs the jobs; gives the address of a Redis database of this test's own."""
    parts = urlsplit(redis_url)
    url = parts._replace(path=parts.path if len(parts.path) > 1 else "/7").geturl()
    redis.Redis.from_url(url).flushdb()
    settings.WORKER = "celery"
    settings.REDIS_URL = url
    forget_broker()
    yield url
    forget_broker()
    redis.Redis.from_url(url).flushdb()


class Nursery:
    """Starts workers in processes of their own, and ends them all."""

    def __init__(self) -> None:
        from tests.platform.jobs.test_processes import address

        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("nursery.py"))],
            env={**os.environ, "ONWARD_DATABASE_URL": address()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._started: list[int] = []
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def __call__(self, *, threads: int = 2, lease: float = 2, grace: float = 8) -> int:
        """Start a worker and return its process id."""
        self._started.append(self._ask(f"start {threads} {lease} {grace}"))
        return self._started[-1]

    def ended(self, pid: int) -> int:
        """Wait until a worker has ended and return how; a negative number is a signal."""
        self._started.remove(pid)
        return self._ask(f"wait {pid}")

    def kill(self, pid: int) -> None:
        """End a worker as when its machine loses its power."""
        os.kill(pid, signal.SIGKILL)
        assert self.ended(pid) == -signal.SIGKILL

    def kill_all(self) -> None:
        """End the workers that are left."""
        for pid in list(self._started):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            self.ended(pid)

    def end(self) -> None:
        """End everything."""
        self._process.kill()
        self._process.communicate(timeout=120)

    def _ask(self, question: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{question}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@pytest.fixture(scope="module")
def nursery(django_db_setup) -> Iterator[Nursery]:
    """The process that workers are forked from."""
    one = Nursery()
    yield one
    one.end()


@pytest.fixture
def start(nursery, transactional_db) -> Iterator[Nursery]:
    """What starts workers: ``start()`` returns the process id of one."""
    yield nursery
    nursery.kill_all()


class Celery:
    """Starts Celery's processes, each in a group of its own."""

    def __init__(self, url: str) -> None:
        from tests.platform.jobs.test_processes import address

        self._environment = {
            **os.environ,
            "ONWARD_DATABASE_URL": address(),
            "ONWARD_TEST_JOBS_REDIS_URL": url,
            "PYTHONPATH": str(ROOT),
        }
        self.url = url
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, what: str, *more: str) -> subprocess.Popen[bytes]:
        options = ["--concurrency", "2", "--without-gossip", "--without-mingle", *more] if what == "worker" else []
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "celery",
                "-A",
                "tests.platform.jobs.scaled_app",
                "-q",
                what,
                "-l",
                "ERROR",
                *options,
            ],
            cwd=ROOT,
            env=self._environment,
            start_new_session=True,
        )
        self._running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(120)

    def children(self, process: subprocess.Popen[bytes]) -> list[int]:
        """Give the processes that run its jobs; none while it starts."""
        return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]

    def end(self) -> None:
        for process in self._running:
            self.kill(process)


@pytest.fixture
def celery(scaled, transactional_db) -> Iterator[Celery]:
    """Celery's processes, on this test's databases."""
    running = Celery(scaled)
    yield running
    running.end()


class Line:
    """A way to Redis that can be paused: connections are accepted and nothing comes through."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._far = (parts.hostname or "127.0.0.1", parts.port or 6379)
        self._near = socket.create_server(("127.0.0.1", 0))
        credentials = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
        self.url = parts._replace(netloc=f"{credentials}127.0.0.1:{self._near.getsockname()[1]}").geturl()
        self.paused = False
        self.connections = 0
        self._ends: list[socket.socket] = []
        Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._near.accept()
                self.connections += 1
                self._ends.append(near)
                Thread(target=self._carry, args=[near], daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, socket.create_connection(self._far) as far, suppress(OSError):
            while True:
                if self.paused:
                    time.sleep(0.02)
                    continue
                ready, _, _ = select.select([near, far], [], [], 0.02)
                for one in ready:
                    data = one.recv(65536)
                    if not data:
                        return
                    (far if one is near else near).sendall(data)

    def cut(self) -> None:
        """End all connections that there are."""
        for near in self._ends:
            with suppress(OSError):
                near.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.paused = False
        self._near.close()


@pytest.fixture
def line(scaled, settings) -> Iterator[Line]:
    """The way that this process goes to Redis; Celery's own processes have another."""
    way = Line(scaled)
    settings.REDIS_URL = way.url
    forget_broker()
    yield way
    way.close()
