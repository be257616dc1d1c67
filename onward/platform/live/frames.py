"""Frames of the WebSocket protocol (RFC 6455): those of a client read, those of a server made."""

from typing import NamedTuple

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
_LAST = 0x80
_MASKED = 0x80
_RESERVED = 0x70
# Of what controls the connection, a payload.
_LONGEST_CONTROL = 125

# Why a connection is closed.
NORMAL = 1000
GOING_AWAY = 1001
PROTOCOL_ERROR = 1002
UNACCEPTABLE = 1003
NO_CODE = 1005
NOT_TEXT = 1007
TOO_BIG = 1009
TRY_LATER = 1013


class Bad(Exception):
    """A client broke the protocol or a limit. :ivar code: with which the connection is closed"""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Frame(NamedTuple):
    """What a client sent: a whole message, or something that controls the connection."""

    kind: int
    payload: bytes


class Reader:
    """Puts a client's frames together. :param longest: bytes that a message may have"""

    __slots__ = ("_at", "_begun", "_kind", "_longest", "_rest")

    def __init__(self, longest: int) -> None:
        self._longest = longest
        # What has come, and how much of it was taken.
        self._rest = b""
        self._at = 0
        # Of a message that comes in parts: its kind, and what has come.
        self._kind = 0
        self._begun = b""

    def add(self, data: bytes) -> None:
        """Take what arrived."""
        self._rest = self._rest[self._at :] + data
        self._at = 0

    def next(self) -> Frame | None:
        """Return what is whole, one after another; None when the rest has not come.

        :raises Bad: when the client breaks the protocol or sends more than it may
        """
        while (found := self._one()) is not None:
            is_last, kind, payload = found
            if kind >= CLOSE:
                return Frame(kind, payload)
            if (kind == CONTINUATION) != bool(self._kind):
                raise Bad(PROTOCOL_ERROR, "A message begins within another, or goes on without a beginning.")
            self._kind = self._kind or kind
            self._begun += payload
            if is_last:
                whole = Frame(self._kind, self._begun)
                self._kind, self._begun = 0, b""
                return whole
        self._rest, self._at = self._rest[self._at :], 0
        return None

    def _one(self) -> tuple[bool, int, bytes] | None:
        """Take the first frame, when all of it is there."""
        rest, at = self._rest, self._at
        if len(rest) < at + 2:
            return None
        first, second = rest[at], rest[at + 1]
        kind, size = first & 0x0F, second & 0x7F
        at += 2
        if first & _RESERVED or not second & _MASKED or kind not in (CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG):
            raise Bad(PROTOCOL_ERROR, "Frames must be masked, without extensions and of a known kind.")
        if kind >= CLOSE and (size > _LONGEST_CONTROL or not first & _LAST):
            raise Bad(PROTOCOL_ERROR, "Control frames must be short and whole.")
        if kind == BINARY:
            raise Bad(UNACCEPTABLE, "Only text is understood.")
        if size > _LONGEST_CONTROL:
            length = 2 if size == 126 else 8
            if len(rest) < at + length:
                return None
            size = int.from_bytes(rest[at : at + length], "big")
            at += length
        if kind < CLOSE and size + len(self._begun) > self._longest:
            raise Bad(TOO_BIG, f"A message may have {self._longest} bytes.")
        if len(rest) < at + 4 + size:
            return None
        mask, payload = rest[at : at + 4], rest[at + 4 : at + 4 + size]
        self._at = at + 4 + size
        return bool(first & _LAST), kind, _unmasked(payload, mask)


def _unmasked(payload: bytes, mask: bytes) -> bytes:
    size = len(payload)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")


def frame(kind: int, payload: bytes) -> bytes:
    """Make a server's frame."""
    size = len(payload)
    if size <= _LONGEST_CONTROL:
        return bytes((_LAST | kind, size)) + payload
    if size < 65536:
        return bytes((_LAST | kind, 126)) + size.to_bytes(2, "big") + payload
    return bytes((_LAST | kind, 127)) + size.to_bytes(8, "big") + payload


def closing(code: int, reason: str) -> bytes:
    """Make the frame that closes a connection. :param reason: cut to what fits"""
    text = reason.encode()[: _LONGEST_CONTROL - 2].decode(errors="ignore").encode()
    return frame(CLOSE, code.to_bytes(2, "big") + text)


def code_of(payload: bytes) -> int:
    """Return the code that a client closes with.

    :raises Bad: when it is not one that a client may send, or its reason is no text
    """
    if not payload:
        return NO_CODE
    code = int.from_bytes(payload[:2], "big")
    known = 1000 <= code <= 1003 or 1007 <= code <= 1014 or 3000 <= code <= 4999
    if len(payload) < 2 or not known:
        raise Bad(PROTOCOL_ERROR, "That is no code to close with.")
    try:
        payload[2:].decode()
    except UnicodeDecodeError:
        raise Bad(NOT_TEXT, "The reason is no text.") from None
    return code
