"""The HTTP request that opens a WebSocket (RFC 6455, section 4), and taking its connection over from the server.

granian's own WebSockets cost 142 KB each, of which 128 are a buffer for reading that has no setting. Ours take the
connection instead: the descriptor is duplicated, the server's poller is told to forget its own, and the request stays
open until the line ends, so that the server goes on counting it. docs/decisions has the whole story.
"""

import base64
import binascii
import contextlib
import hashlib
import os
import select
import socket
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_KEY = 16
VERSION = b"13"
FILES = Path("/proc/self/fd")

Peer = tuple[str, int]


def asks(headers: Mapping[bytes, bytes]) -> bool:
    """Whether a request wants to become a WebSocket."""
    return headers.get(b"upgrade", b"").lower() == b"websocket"


def problem_of(method: str, headers: Mapping[bytes, bytes]) -> tuple[int, str] | None:
    """Return status and sentence for a handshake that is none; nothing when it is good."""
    if headers.get(b"sec-websocket-version") != VERSION:
        return 426, "Version 13 of the WebSocket protocol is spoken here."
    connection = {part.strip().lower() for part in headers.get(b"connection", b"").split(b",")}
    if method != "GET" or b"upgrade" not in connection or headers.get(b"content-length", b"0") != b"0":
        return 400, "That is no WebSocket handshake."
    try:
        key = base64.b64decode(headers.get(b"sec-websocket-key", b""), validate=True)
    except binascii.Error:
        key = b""
    return None if len(key) == _KEY else (400, "Sec-WebSocket-Key must be 16 bytes in base64.")


def answer(key: bytes) -> bytes:
    """Return the head that accepts a handshake."""
    accepted = base64.b64encode(hashlib.sha1(key + _MAGIC, usedforsecurity=False).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accepted + b"\r\n\r\n"
    )


class Takeover:
    """Takes connections over from the server within whose process this runs."""

    def __init__(self) -> None:
        # Descriptors that are known to be nothing to look for: the lines', each with its duplicate.
        self._ours: set[int] = set()
        # What the last look found, for the handshakes that come with it.
        self._found: dict[Peer, int] = {}

    def take(self, peer: Peer, port: int) -> tuple[socket.socket, tuple[int, int]] | None:
        """Return a connection from this peer to a port of ours, and what `forget` wants when it has ended.

        None when it cannot be taken: it is gone already, or the server polls in a way that is not known here.
        """
        number = self._number_of((_plain(peer[0]), peer[1]), port)
        if number is None or not sum(_unpolled(poller, number) for poller in _pollers()):
            return None
        duplicate = os.dup(number)
        taken = (number, duplicate)
        self._ours.update(taken)
        return socket.socket(fileno=duplicate), taken

    def forget(self, taken: tuple[int, int]) -> None:
        """Let the descriptors of a connection that has ended be found again."""
        self._ours.difference_update(taken)

    def _number_of(self, peer: Peer, port: int) -> int | None:
        number = self._found.pop(peer, None)
        if number is None or _peer_of(number, port) != peer:
            # Thousands that come at once are found by a few looks.
            numbers = [int(name) for name in os.listdir(FILES)]  # noqa: PTH208 - of thousands, without making paths
            self._found = dict(_peers(numbers, self._ours, port))
            number = self._found.pop(peer, None)
        return number


def _peers(numbers: Iterable[int], known: set[int], port: int) -> Iterable[tuple[Peer, int]]:
    for number in numbers:
        if number not in known and (peer := _peer_of(number, port)) is not None:
            yield peer, number


def _plain(host: str) -> str:
    # As a socket that listens for both kinds of addresses writes the older one.
    return host.removeprefix("::ffff:")


def _peer_of(number: int, port: int) -> Peer | None:
    """Return the other end of a connection to a port of ours."""
    try:
        held = socket.socket(fileno=number)
    except OSError:
        return None
    try:
        own, peer = held.getsockname(), held.getpeername()
    except OSError:
        return None
    finally:
        held.detach()
    return (_plain(peer[0]), peer[1]) if isinstance(own, tuple) and own[1] == port else None


@cache
def _pollers() -> list["select.epoll"]:
    """Return the pollers of this process, the server's among them."""
    found = []
    for path in FILES.iterdir():
        with contextlib.suppress(OSError):
            if str(path.readlink()) == "anon_inode:[eventpoll]":
                found.append(select.epoll.fromfd(os.dup(int(path.name))))
    return found


def _unpolled(poller: "select.epoll", number: int) -> bool:
    try:
        poller.unregister(number)
    except OSError:
        return False
    return True
