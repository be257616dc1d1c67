"""Servers that behave as receivers in the wild do, each in a thread of this process."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Conversation = Callable[[socket.socket, "Server"], None]


@dataclass
class Server:
    """A server that is listening. :ivar connections: how many came; :ivar requests: what they said"""

    port: int
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


@contextmanager
def serving(
    conversation: Conversation, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[Server]:
    """Listen on a port of its own, and hold each conversation in a thread.

    :param host: the address to listen at; nothing: at all that this machine has
    """
    if host or not socket.has_dualstack_ipv6():
        listener = socket.create_server((host, 0), backlog=200)
    else:
        listener = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True, backlog=200)
    server = Server(listener.getsockname()[1])

    def talk(connection: socket.socket) -> None:
        try:
            with connection if tls is None else tls.wrap_socket(connection, server_side=True) as stream:
                stream.settimeout(30)
                conversation(stream, server)
        except OSError:
            return

    def listen() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            server.connections += 1
            server.times.append(time.monotonic())
            connection.settimeout(30)
            threading.Thread(target=talk, args=[connection], daemon=True).start()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        listener.close()


def heard(stream: socket.socket, server: Server) -> bytes:
    """Read one request and keep it."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += stream.recv(65536) or _gone()
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += stream.recv(65536) or _gone()
    server.requests.append(head + b"\r\n\r\n" + body)
    return body


def _gone() -> bytes:
    raise ConnectionError("the client went away")


def answering(status: int, *, headers: str = "", body: bytes = b"ok") -> Conversation:
    """Answer properly, always the same."""

    def conversation(stream: socket.socket, server: Server) -> None:
        heard(stream, server)
        stream.sendall(f"HTTP/1.1 {status} Because\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body)

    return conversation


def saying(*pieces: bytes, pause: float = 0.0, forever: bytes = b"") -> Conversation:
    """Say these bytes, with pauses between them, and then one thing for ever."""

    def conversation(stream: socket.socket, server: Server) -> None:
        heard(stream, server)
        for piece in pieces:
            stream.sendall(piece)
            time.sleep(pause)
        while forever and not server.stopping.wait(pause):
            stream.sendall(forever)

    return conversation


def hanging(stream: socket.socket, server: Server) -> None:
    """Listen, and say nothing."""
    heard(stream, server)
    server.stopping.wait(60)
