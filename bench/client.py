"""The load: a keep-alive HTTP/1.1 client on raw sockets, in a process of its own.

``python -m bench.client`` reads a pickled :class:`Load` from its input and writes the pickled :class:`Outcome`. It does
little more than count, so that the same core has time left for the database.
"""

import asyncio
import contextlib
import pickle
import sys
from dataclasses import dataclass, field
from time import perf_counter, process_time
from typing import cast

from bench.processes import processor_times, spent


@dataclass(frozen=True)
class Load:
    """What to send, where, and for how long."""

    port: int
    requests: list[bytes]
    expected_status: int
    connections: int
    seconds: float
    # Whose processor time is read when the load begins and when it ends.
    watched: dict[str, list[int]] = field(default_factory=dict)


@dataclass
class Outcome:
    """What came of it. Times in seconds; processor time in seconds by name."""

    answers: int
    seconds: float
    latencies: list[float]
    processor: dict[str, float]
    client_processor: float
    problem: str = ""


class _Run:
    def __init__(self, load: Load) -> None:
        self.load = load
        self.next = 0
        self.open = load.connections
        self.latencies: list[float] = []
        self.problem = ""
        self.finished = asyncio.get_running_loop().create_future()
        self.deadline = 0.0
        self.opening: set[asyncio.Future[None]] = set()

    def request(self) -> bytes:
        request = self.load.requests[self.next]
        self.next = (self.next + 1) % len(self.load.requests)
        return request

    def fail(self, problem: str) -> None:
        self.problem = self.problem or problem
        self.deadline = 0.0

    def crash(self, _: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        self.fail(repr(context.get("exception") or context["message"]))
        if not self.finished.done():
            self.finished.set_result(None)

    def connect(self) -> None:
        """Open a connection, soon, from within a protocol."""
        task = asyncio.ensure_future(_connect(self))
        self.opening.add(task)
        task.add_done_callback(self.opening.discard)

    def leave(self) -> None:
        self.open -= 1
        if not self.open and not self.finished.done():
            self.finished.set_result(None)


class _Connection(asyncio.Protocol):
    transport: asyncio.Transport

    def __init__(self, run: _Run) -> None:
        self.run = run
        self.buffer = b""
        self.missing = -1
        self.closing = False
        self.chunked = False
        self.waiting = False
        self.done = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's is no subclass of asyncio's.
        self.transport = cast(asyncio.Transport, transport)
        self.send()

    def send(self) -> None:
        if perf_counter() >= self.run.deadline:
            self.end()
            return
        self.waiting = True
        self.began = perf_counter()
        self.transport.write(self.run.request())

    def end(self) -> None:
        self.done = True
        self.transport.abort()
        self.run.leave()

    def data_received(self, data: bytes) -> None:
        if self.missing < 0:
            self.buffer += data
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self.buffer[:end].lower()
            if head[9:12] != b"%d" % self.run.load.expected_status:
                self.run.fail(self.buffer[:2000].decode("utf-8", "replace"))
            self.closing = b"\r\nconnection: close" in head
            self.chunked = b"\r\ntransfer-encoding: chunked" in head
            have = len(self.buffer) - end - 4
            if self.chunked:
                self.missing = 1
            else:
                start = head.find(b"\r\ncontent-length:")
                if start < 0:
                    self.run.fail("an answer without Content-Length: " + head.decode("utf-8", "replace"))
                    self.end()
                    return
                self.missing = int(head[start + 17 :].split(b"\r\n", 1)[0]) - have
        elif self.chunked:
            self.buffer = self.buffer[-8:] + data
        else:
            self.missing -= len(data)
        if self.chunked and self.buffer.endswith(b"\r\n0\r\n\r\n"):
            self.missing = 0
        if self.missing <= 0:
            self.answered()

    def answered(self) -> None:
        self.run.latencies.append(perf_counter() - self.began)
        self.buffer, self.missing, self.waiting = b"", -1, False
        if not self.closing:
            self.send()
            return
        # A server without keep-alive: the next request needs a connection of its own.
        self.done = True
        self.transport.abort()
        if perf_counter() >= self.run.deadline:
            self.run.leave()
        else:
            self.run.connect()

    def connection_lost(self, problem: Exception | None) -> None:
        if not self.done:
            self.done = True
            if self.waiting:
                self.run.fail(f"the server closed the connection without an answer: {problem}")
                self.run.leave()
            else:
                self.run.connect()


async def _connect(run: _Run) -> None:
    try:
        await asyncio.get_running_loop().create_connection(lambda: _Connection(run), "127.0.0.1", run.load.port)
    except OSError as problem:
        run.fail(f"no connection: {problem}")
        run.leave()


async def _drive(load: Load) -> Outcome:
    run = _Run(load)
    asyncio.get_running_loop().set_exception_handler(run.crash)
    own = process_time()
    before = {name: processor_times(pids) for name, pids in load.watched.items()}
    began = perf_counter()
    run.deadline = began + load.seconds
    for _ in range(load.connections):
        await _connect(run)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(run.finished, load.seconds + 30)
    seconds = perf_counter() - began
    if run.open and not run.problem:
        run.problem = f"{run.open} connections were still waiting for an answer 30 s after the end"
    return Outcome(
        answers=len(run.latencies),
        seconds=seconds,
        latencies=run.latencies,
        processor={name: spent(times) for name, times in before.items()},
        client_processor=process_time() - own,
        problem=run.problem,
    )


def main() -> None:
    """Read the load, put it on the server, write the outcome."""
    import uvloop

    load = pickle.load(sys.stdin.buffer)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        outcome = runner.run(_drive(load))
    pickle.dump(outcome, sys.stdout.buffer)


if __name__ == "__main__":
    from bench import client

    # Through the import, so that what is pickled has the name under which the other process knows it.
    client.main()
