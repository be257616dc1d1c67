"""A host that serves any number of sources, each well or ill in its own way, and remembers who asked what when."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.serving import stop


@dataclass
class Request:
    """What was asked. :ivar number: how many times this source was asked before"""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    number: int
    at: float
    origin: str

    @property
    def page(self) -> str:
        """Return the whole of what was asked for."""
        return self.path + (
            "?" + "&".join(f"{name}={value}" for name, value in self.query.items()) if self.query else ""
        )


@dataclass
class Answer:
    """What is answered."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def as_json(value: Any) -> Answer:
    """Answer in JSON."""
    return Answer(200, {"Content-Type": "application/json; charset=utf-8"}, json.dumps(value).encode())


# Makes an answer, and may itself talk to the socket and return None.
Behaviour = Callable[[Request, Callable[[], Answer], "Handler"], Answer | None]


@dataclass
class Site:
    """One source at a host: what it holds and how it behaves. Both may be changed while it is asked."""

    prefix: str
    respond: Callable[[Request], Answer]
    behaviour: "Behaviour"
    requests: list[Request] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    """Finds the source that is asked, and lets it behave."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        """Answer."""
        host = self.server.host
        parts = urlsplit(self.path)
        site = next((site for site in host.sites if parts.path.startswith(site.prefix)), None)
        if site is None:
            self.send_error(404)
            return
        with host.lock:
            request = Request(
                path=parts.path.removeprefix(site.prefix) or "/",
                query=dict(parse_qsl(parts.query, keep_blank_values=True)),
                headers={name.lower(): value for name, value in self.headers.items()},
                number=len(site.requests),
                at=time.monotonic(),
                origin=host.url,
            )
            site.requests.append(request)
            host.requests.append(request)
            host.open += 1
            host.most_open = max(host.most_open, host.open)
        try:
            answer = site.behaviour(request, lambda: site.respond(request), self)
            if answer is not None:
                self.give(answer)
        except OSError:
            self.close_connection = True
        finally:
            with host.lock:
                host.open -= 1

    def give(self, answer: Answer) -> None:
        """Send an answer as it is."""
        self.begin(answer)
        self.wfile.write(answer.body)

    def begin(self, answer: Answer, length: int | None = None) -> None:
        """Send an answer without its body."""
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body) if length is None else length))
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    @property
    def stopping(self) -> threading.Event:
        """Whether the host is about to end."""
        return self.server.host.stopping

    def log_message(self, *_: object) -> None:
        """Write nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    host: "Host"


class Host:
    """A host with sources. :ivar most_open: how many requests it had to answer at the same time"""

    def __init__(self, port: int = 0) -> None:
        self.sites: list[Site] = []
        self.requests: list[Request] = []
        self.open = self.most_open = 0
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self._server = _Server(("127.0.0.1", port), Handler)
        self._server.host = self
        self.port: int = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def add(self, prefix: str, respond: Callable[[Request], Answer], behaviour: Behaviour) -> Site:
        """Serve a source at a path."""
        site = Site(prefix, respond, behaviour)
        self.sites.append(site)
        # The longest prefix is looked at first.
        self.sites.sort(key=lambda one: -len(one.prefix))
        return site

    def serve(self) -> None:
        """Serve until stopped."""
        self._server.serve_forever()

    def stop(self) -> None:
        """Stop, and let nobody hang."""
        self.stopping.set()
        stop(self._server)


@contextmanager
def host(port: int = 0) -> Iterator[Host]:
    """Run a host in a thread."""
    made = Host(port)
    thread = threading.Thread(target=made.serve, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.stop()
        thread.join()


def unused_port() -> int:
    """Return a port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
