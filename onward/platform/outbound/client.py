"""Making one request, under one deadline."""

import functools
import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Thread
from typing import Any

from onward.platform import deadlines
from onward.platform.outbound.addresses import UNREACHABLE, Found, NoAnswer, Reach, Refused, allowed
from onward.platform.outbound.targets import Target, target

DEADLINE = 15.0
LIMIT = 64 * 1024
# What an answer may cost beyond its body: status, headers, the sizes of chunks.
OVERHEAD = 64 * 1024
# Seconds for one of several addresses, so that the next one has a chance.
CONNECT = 5.0
PIECE = 16 * 1024

TIMED_OUT = "The time was up before an answer was complete."


class Failed(NoAnswer):
    """A request that was made, or tried, and brought no answer."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back, whatever its status.

    :ivar headers: by their names in small letters
    :ivar body: as it came, never decompressed, and not more than was asked for
    :ivar is_cut: whether there was more
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_cut: bool = False


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    deadline: float = DEADLINE,
    limit: int = LIMIT,
    reach: Reach = Reach.PUBLIC,
) -> Answer:
    """Ask another server, once; a redirect is an answer like any other.

    :param deadline: seconds for everything: finding the address, connecting, sending, and the last byte that is read
    :param limit: how many bytes of the answer's body are read
    :raises Refused: when it must not be asked; nothing was sent, and nobody was connected to
    :raises Failed: when there is no answer
    :raises OutOfTime: when the work that asks has no time left
    """
    ends = time.monotonic() + deadlines.cut(deadline)
    place = target(url, reach)
    addresses = _addresses(place, reach, ends)
    try:
        with _connected(place, addresses, ends) as plain, _secured(plain, place, ends) as stream:
            return _converse(stream, place, method, headers or {}, body, ends, limit)
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


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


# getaddrinfo has no time-out. A thread that waits for a dead name server is left behind, but never too many of them.
_LOOKING_UP = BoundedSemaphore(128)


def _addresses(place: Target, reach: Reach, ends: float) -> list[str]:
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
    looking.join(max(0.0, ends - time.monotonic()))
    if not found:
        raise Failed(TIMED_OUT)
    return allowed(found[0], reach)


def _connected(place: Target, addresses: list[str], ends: float) -> socket.socket:
    """Connect to one of the addresses that were checked, and to nothing else."""
    for number, address in enumerate(addresses, 1):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            left = _left(ends)
            sock.settimeout(left if number == len(addresses) else min(CONNECT, left))
            # A numeric address: nothing is looked up a second time.
            sock.connect((address, place.port))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:
            sock.close()
            if number == len(addresses):
                raise
            continue
        return sock
    raise Refused(UNREACHABLE)


def _secured(plain: socket.socket, place: Target, ends: float) -> socket.socket:
    if place.scheme == "http":
        return plain
    # The handshake as a whole is held to the time-out of the socket.
    plain.settimeout(_left(ends))
    return trusted().wrap_socket(plain, server_hostname=place.host)


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

    def __init__(self, sock: socket.socket, ends: float, limit: int) -> None:
        self._sock = sock
        self._ends = ends
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._left <= 0:
            return 0
        self._sock.settimeout(_left(self._ends))
        count = self._sock.recv_into(memoryview(buffer)[: self._left])
        self._left -= count
        return count


class _Stream:
    """What http.client needs of a socket."""

    def __init__(self, sock: socket.socket, ends: float, limit: int) -> None:
        self._sock = sock
        self._ends = ends
        self._limit = limit

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Timed(self._sock, self._ends, self._limit), PIECE)

    def sendall(self, data: bytes) -> None:
        # sendall of a TLS socket gives each piece the whole time-out.
        view = memoryview(data)
        while view:
            self._sock.settimeout(_left(self._ends))
            view = view[self._sock.send(view[:PIECE]) :]

    def close(self) -> None:
        """Leave closing to whoever connected."""


def _converse(
    sock: socket.socket,
    place: Target,
    method: str,
    headers: Mapping[str, str],
    body: bytes,
    ends: float,
    limit: int,
) -> Answer:
    connection = http.client.HTTPConnection(place.host, place.port)
    connection.sock = _Stream(sock, ends, limit + OVERHEAD)
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
    response = connection.getresponse()
    read, is_cut = _read(response, limit)
    found = {name.lower(): value for name, value in response.getheaders()}
    return Answer(status=response.status, headers=found, body=read, is_cut=is_cut)


def _read(response: http.client.HTTPResponse, limit: int) -> tuple[bytes, bool]:
    body = bytearray()
    try:
        while len(body) < limit:
            piece = response.read1(limit - len(body))
            if not piece:
                # Fewer bytes than were announced.
                return bytes(body), bool(response.length)
            body += piece
    except http.client.IncompleteRead as problem:
        return bytes((body + problem.partial)[:limit]), True
    # A length that nobody announced is not known before the end, which is not waited for.
    return bytes(body), response.length != 0


def _sentence(problem: OSError) -> str:
    match problem:
        case ConnectionRefusedError():
            return "The host does not take connections there."
        case ConnectionError():
            return "The connection was cut."
        case _:
            return "The host cannot be reached."
