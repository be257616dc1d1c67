"""What a video says of itself: looked at by ``ffprobe`` and ``ffmpeg``, where the operator has installed them."""

import math
import shutil
from typing import Any

from onward.platform.confined.running import run

PROGRAM = "onward.domain.video.examining"
# Of the processor, and on the clock.
SECONDS, PATIENCE = 60, 120
LONGEST_SAID, LARGEST_POSTER = 1024, 2 * 1024 * 1024
# Seconds into the video from which its poster is taken, where it is as long.
EARLY = 3.0
JPEG = b"\xff\xd8\xff"


def duration_of(file: Any, *, reader: str) -> float | None:
    """Return how many seconds a video takes; None where that cannot be found.

    :param reader: what reads it, as ``ffmpeg`` calls that; no other does
    """
    program = shutil.which("ffprobe")
    said = program and run(PROGRAM, program, reader, content=file, seconds=PATIENCE, longest=LONGEST_SAID)
    try:
        found = float((said or b"").strip())
    except ValueError:
        return None
    return found if math.isfinite(found) and found >= 0 else None


def poster_of(file: Any, *, reader: str, duration: float) -> bytes:
    """Return a picture of a video, as JPEG; nothing where none can be made."""
    program = shutil.which("ffmpeg")
    if not program:
        return b""
    at = f"{min(EARLY, duration / 2):.3f}"
    found = run(PROGRAM, program, reader, at, content=file, seconds=PATIENCE, longest=LARGEST_POSTER)
    return found if found and found.startswith(JPEG) else b""
