"""HTTP to providers: one deadline for a call, a limit to what is read, no redirects, nothing from the environment.

Operators choose the addresses, so private ones are allowed: a model often runs in the next room.
"""

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import httpcore2
import httpx2

from onward.platform import deadlines

# Bytes. A long letter has some ten thousand.
MOST = 4 * 1024 * 1024


class Budget:
    """What is left of a call's time and bytes."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + deadlines.cut(seconds)
        self._bytes = MOST

    def left(self, timeout: float | None) -> float:
        """Return the seconds that one step may take."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the deadline has passed")
        return left if timeout is None else min(left, timeout)

    def take(self, count: int) -> None:
        """Count bytes that were read."""
        self._bytes -= count
        if self._bytes < 0:
            raise TooMuch("more was sent than is read")


class TooMuch(httpx2.TransportError):
    """The answer has no end."""


def client(seconds: float) -> httpx2.Client:
    """Make a client for one call, which may take so many seconds in all.

    Nothing is kept from one call to the next: a connection takes far less time than an answer.
    """
    return httpx2.Client(
        transport=_Transport(Budget(seconds)),
        timeout=seconds,
        trust_env=False,
        follow_redirects=False,
        # What is packed could be a thousand times as large as what is read.
        headers={"Accept-Encoding": "identity"},
    )


class _Transport(httpx2.BaseTransport):
    """Reads an answer to its end within the budget."""

    def __init__(self, budget: Budget) -> None:
        self._pool = httpcore2.ConnectionPool(ssl_context=_tls(), max_connections=1, network_backend=_Backend(budget))

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.read(),
            extensions=request.extensions,
        )
        with _translated():
            answer = self._pool.handle_request(asked)
            try:
                body = answer.read()
            finally:
                answer.close()
        headers = httpx2.Headers(answer.headers)
        if headers.get("content-encoding", "identity") != "identity":
            raise TooMuch("the answer is packed, which was not asked for")
        return httpx2.Response(answer.status, headers=headers, content=body)

    def close(self) -> None:
        self._pool.close()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except httpcore2.TimeoutException:
        raise httpx2.ReadTimeout("it took too long") from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol) as problem:
        raise httpx2.ReadError(type(problem).__name__) from None


class _Backend(httpcore2.NetworkBackend):
    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        found = self._sockets.connect_tcp(host, port, self._budget.left(timeout), local_address, socket_options)
        return _Stream(found, self._budget)


class _Stream(httpcore2.NetworkStream):
    def __init__(self, stream: httpcore2.NetworkStream, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, self._budget.left(timeout))
        self._budget.take(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._budget.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._budget.left(timeout)), self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@cache
def _tls() -> ssl.SSLContext:
    # Reading the machine's certificates takes some 20 ms.
    return ssl.create_default_context()
