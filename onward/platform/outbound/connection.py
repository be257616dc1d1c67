"""Connecting to an address that was checked, and speaking HTTP over it, within the time that a request has."""

import functools
import http.client
import io
import os
import select
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore, Thread
from typing import Any

from onward.platform import deadlines
from onward.platform.outbound.addresses import UNREACHABLE, Found, NoAnswer, Reach, Refused, allowed
from onward.platform.outbound.patience import Patience
from onward.platform.outbound.targets import Target

# What an answer may cost beyond its body: status, headers, the sizes of chunks.
OVERHEAD = 64 * 1024
# Seconds for one of several addresses, so that the next one has a chance.
CONNECT = 5.0
PIECE = 16 * 1024

TIMED_OUT = "The time was up before an answer was complete."


class Failed(NoAnswer):
    """A request that was made, or tried, and brought no answer."""


@contextmanager
def in_words() -> Iterator[None]:
    """Say in a sentence what goes wrong while another server is talked to.

    :raises Failed: instead of whatever was raised
    :raises OutOfTime: when the work that asks has no time left
    """
    try:
        yield
    except TimeoutError:
        deadlines.check()
        raise Failed(TIMED_OUT) from None
    except ssl.SSLCertVerificationError as problem:
        raise Failed(f"The certificate is not good for this host: {problem.verify_message}.") from None
    except ssl.SSLError:
        raise Failed("No secure connection could be made.") from None
    except OSError as problem:
        raise Failed(_sentence(problem)) from None
    except (http.client.HTTPException, ValueError):
        raise Failed("What came back is not an HTTP answer.") from None


def _sentence(problem: OSError) -> str:
    match problem:
        case ConnectionRefusedError():
            return "The host does not take connections there."
        case ConnectionError():
            return "The connection was cut."
        case _:
            return "The host cannot be reached."


@contextmanager
def connected(place: Target, reach: Reach, patience: Patience) -> Iterator[socket.socket]:
    """Connect to a place, if it may be asked.

    :raises Refused: when it must not be asked; nobody was connected to
    """
    addresses = _addresses(place, reach, patience)
    with _connected(place, addresses, patience) as plain, _secured(plain, place, patience) as stream:
        yield stream


def asked(
    sock: socket.socket,
    place: Target,
    *,
    method: str,
    headers: Mapping[str, str],
    body: bytes,
    patience: Patience,
    limit: int,
) -> http.client.HTTPResponse:
    """Ask for something, and return the answer once its headers are there.

    :param limit: how many bytes of the answer are read, its headers included
    """
    connection = http.client.HTTPConnection(place.host, place.port)
    connection.sock = _Stream(sock, patience, limit)
    connection.auto_open = 0
    connection.putrequest(method, place.path, skip_host=True, skip_accept_encoding=True)
    every = {
        "Host": place.host_header,
        "User-Agent": "Onward",
        "Accept-Encoding": "identity",
        "Connection": "close",
        **headers,
    }
    if body or method not in {"GET", "HEAD", "DELETE"}:
        every["Content-Length"] = str(len(body))
    for name, value in every.items():
        connection.putheader(name, value)
    # Some servers answer before they have read everything, and hang up; what they say is heard all the same.
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.endheaders(body or None)
    return connection.getresponse()


# getaddrinfo has no time-out. A thread that waits for a dead name server is left behind, but never too many of them.
_LOOKING_UP = BoundedSemaphore(128)


def _addresses(place: Target, reach: Reach, patience: Patience) -> list[str]:
    """Find the host's addresses, once.

    :raises Refused: when any of them must not be asked
    """
    if place.literal is not None:
        return [str(place.literal)]
    found: list[Found] = []
    if not _LOOKING_UP.acquire(blocking=False):
        raise Failed("Too many names are being looked up.")

    def look() -> None:
        try:
            found.append(socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            found.append([])
        finally:
            _LOOKING_UP.release()

    looking = Thread(target=look, daemon=True, name="outbound-lookup")
    looking.start()

    def wait(seconds: float) -> list[str]:
        looking.join(seconds)
        if not found:
            raise TimeoutError
        return allowed(found[0], reach)

    return patience.wait(wait)


def _connected(place: Target, addresses: list[str], patience: Patience) -> socket.socket:
    """Connect to one of the addresses that were checked, and to nothing else."""
    for number, address in enumerate(addresses, 1):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.setblocking(False)
            # A numeric address: nothing is looked up a second time.
            with suppress(BlockingIOError):
                sock.connect((address, place.port))
            patience.wait(functools.partial(_writable, sock), None if number == len(addresses) else CONNECT)
            if error := sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                raise OSError(error, os.strerror(error))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException as problem:
            sock.close()
            if number == len(addresses) or not isinstance(problem, OSError):
                raise
            continue
        return sock
    raise Refused(UNREACHABLE)


def _writable(sock: socket.socket, seconds: float) -> None:
    found = select.poll()
    found.register(sock, select.POLLOUT)
    if not found.poll(seconds * 1000):
        raise TimeoutError


def _secured(plain: socket.socket, place: Target, patience: Patience) -> socket.socket:
    if place.scheme == "http":
        return plain
    plain.setblocking(True)
    secure = trusted().wrap_socket(plain, server_hostname=place.host, do_handshake_on_connect=False)
    try:
        patience.wait(functools.partial(_shake_hands, secure))
    except BaseException:
        secure.close()
        raise
    return secure


def _shake_hands(secure: ssl.SSLSocket, seconds: float) -> None:
    secure.settimeout(seconds)
    secure.do_handshake()


@functools.cache
def trusted() -> ssl.SSLContext:
    """Return the certificates that are believed: the machine's own, and Mozilla's, for machines that have none."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


class _Timed(io.RawIOBase):
    """The bytes that come in: each wait has what is left of the time, and together they have a limit."""

    def __init__(self, sock: socket.socket, patience: Patience, limit: int) -> None:
        self._sock = sock
        self._patience = patience
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._left <= 0:
            return 0
        room = memoryview(buffer)[: self._left]

        def receive(seconds: float) -> int:
            self._sock.settimeout(seconds)
            return self._sock.recv_into(room)

        count = self._patience.wait(receive)
        self._left -= count
        return count


class _Stream:
    """What http.client needs of a socket."""

    def __init__(self, sock: socket.socket, patience: Patience, limit: int) -> None:
        self._sock = sock
        self._patience = patience
        self._limit = limit

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Timed(self._sock, self._patience, self._limit), PIECE)

    def sendall(self, data: bytes) -> None:
        # sendall of a TLS socket gives each piece the whole time-out.
        view = memoryview(data)
        while view:
            self._sock.settimeout(self._patience.left)
            view = view[self._sock.send(view[:PIECE]) :]

    def close(self) -> None:
        """Leave closing to whoever connected."""
