import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[3]


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Message
    content: bytes


class Running:
    """A server process and ways to talk to it."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process = process
        self.port = port

    def connect(self, timeout: float = 120) -> socket.socket:
        """Open a connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None):
        """Send one request and read the whole answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def raw(self, data: bytes) -> bytes:
        """Send bytes as they are and give the beginning of the answer."""
        with self.connect() as connection:
            connection.sendall(data)
            return connection.recv(65536)

    @property
    def memory(self) -> float:
        """Megabytes of memory in use by the process."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def start(grace: float = 240) -> Running:
    """Start one. :param grace: seconds that requests have to end when it is told to stop"""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(1024)
    listener.setblocking(False)
    port = listener.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.platform.http.server", str(listener.fileno()), str(grace)],
        cwd=ROOT,
        pass_fds=[listener.fileno()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "MALLOC_ARENA_MAX": "2"},
    )
    listener.close()
    return Running(process, port)


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    running = start()
    assert running.ask("/hello").content == b"hello"
    yield running
    running.process.terminate()
    try:
        running.process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        running.process.kill()
        raise


@pytest.fixture
def own_server() -> Iterator[Running]:
    """A server that the test may stop."""
    yield from _own(240)


@pytest.fixture
def hasty_server() -> Iterator[Running]:
    """A server that the test may stop, and that then waits for nobody for long."""
    yield from _own(0.3)


def _own(grace: float) -> Iterator[Running]:
    running = start(grace)
    assert running.ask("/hello").content == b"hello"
    yield running
    if running.process.poll() is None:
        running.process.kill()
    running.process.communicate()
