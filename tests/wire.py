"""A client's side of WebSocket frames, for tests."""

import struct

# The same in every process, so that tests that are named by a frame have the same names.
MASK = b"\x37\xfa\x21\x3d"


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
    return head + MASK + bytes(byte ^ MASK[at % 4] for at, byte in enumerate(payload))


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
