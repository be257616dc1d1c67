"""A client's side of WebSocket frames, for tests."""

import os
import struct


def masked(kind: int, payload: bytes, *, last: bool = True) -> bytes:
    """Make a frame as clients do."""
    first = (0x80 if last else 0) | kind
    size = len(payload)
    if size < 126:
        head = bytes((first, 0x80 | size))
    elif size < 65536:
        head = bytes((first, 0xFE)) + struct.pack(">H", size)
    else:
        head = bytes((first, 0xFF)) + struct.pack(">Q", size)
    mask = os.urandom(4)
    return head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))


def parsed(data: bytes) -> tuple[int, bytes, bytes] | None:
    """Return kind and payload of a server's first frame, and the rest; None when it is not all there."""
    if len(data) < 2:
        return None
    size, at = data[1], 2
    if size == 126:
        size, at = int.from_bytes(data[2:4], "big"), 4
    elif size == 127:
        size, at = int.from_bytes(data[2:10], "big"), 10
    if len(data) < at + size:
        return None
    return data[0] & 0x0F, data[at : at + size], data[at + size :]
