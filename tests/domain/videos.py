"""Files that begin as videos do; what follows is noise, the same each time."""

import random

MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42"
BEGINS = {
    "video/mp4": MP4,
    "video/quicktime": b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  ",
    "video/webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm",
    "video/x-matroska": b"\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska",
    "video/ogg": b"OggS\x00\x02",
}


def video(size: int = 1000, begin: bytes = MP4) -> bytes:
    """Return a file of so many bytes."""
    return begin + random.Random(size).randbytes(size - len(begin))
