"""The program that becomes ``ffprobe`` or ``ffmpeg``, once it may do little else than look at its standard input."""

import os
import sys

from onward.platform.confined.limits import limit, step_back

MEGABYTE = 1024 * 1024
MEMORY, WRITTEN, SECONDS = 1024 * MEGABYTE, 2 * MEGABYTE, 60
# Nothing but the file at hand is opened: no list of others, no address.
LOOKS = ("-v", "error", "-protocol_whitelist", "file")
FILE = "file:/dev/stdin"


def main(program: str, reader: str, at: str = "") -> None:
    """Look at a video. :param at: seconds into it at which a picture is taken; empty: its duration is told"""
    step_back()
    limit(SECONDS, written=WRITTEN, memory=MEMORY)
    arguments: tuple[str, ...]
    if at:
        scale = ("-vf", "scale='min(1280,iw)':-2", "-frames:v", "1", "-f", "image2pipe", "-c:v", "mjpeg", "pipe:1")
        opened = ("-nostdin", "-threads", "1", *LOOKS, "-ss", at, "-f", reader, "-i", FILE)
        arguments = (*opened, "-map", "0:v:0", "-threads", "1", *scale)
    else:
        arguments = (*LOOKS, "-show_entries", "format=duration", "-of", "csv=p=0", "-f", reader, "-i", FILE)
    os.execve(program, [program, *arguments], {})  # noqa: S606 - without a shell


if __name__ == "__main__":
    main(*sys.argv[1:])
