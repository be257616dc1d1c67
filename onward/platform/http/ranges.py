"""Which part of a file a client asks for (RFC 9110, section 14), and sending it without a thread."""

import asyncio
import contextlib
import os
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import IO, Any, TypeVar

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from onward.platform.http.streams import Cut, Receive, Send, disconnected

Response = TypeVar("Response", bound=HttpResponseBase)
_RANGE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))")
# What is read at a time and waits in memory for one client.
BLOCK = 64 * 1024
# Seconds in which a client may take nothing: somebody has stopped a video and goes on later.
PATIENCE = 600.0
# How many are sent at once, and to one account or signed link: each has a connection and a block in memory.
AT_ONCE = 600
AT_ONCE_OF_ONE = 300
TAKEN = "private, no-cache"
# What is opened by itself runs nothing and fetches nothing but itself.
POLICY = "default-src 'none'; media-src 'self'; sandbox"


class Unsatisfiable(Exception):
    """The part that is asked for begins after the end of the file."""


def part_of(header: str, size: int) -> tuple[int, int] | None:
    """Return the part that a ``Range`` header asks for, as first byte and length; None for the whole.

    What is no range of bytes, or several of them, is passed over, as the standard allows.

    :raises Unsatisfiable: when there is nothing of it
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        length = min(int(suffix), size)
        if not length:
            raise Unsatisfiable
        return size - length, length
    start = int(first)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return start, end - start + 1


class PartOfFile(StreamingHttpResponse):
    """A part of a file. The handler sends it from the event loop; elsewhere it streams as any other answer.

    :param file: is closed with the answer
    :ivar stream_owner: whose it is, as the handler counts it
    """

    stream_owner = ""

    def __init__(self, file: IO[bytes], *, start: int, length: int, status: int, content_type: str) -> None:
        super().__init__(self._blocks(), status=status, content_type=content_type)
        self.file = file
        self.start = start
        self.length = length
        self["Content-Length"] = str(length)

    def _blocks(self) -> Iterator[bytes]:
        at, left = self.start, self.length
        while left:
            data = self.read(at, left)
            if not data:
                return
            yield data
            at, left = at + len(data), left - len(data)

    def read(self, at: int, most: int) -> bytes:
        """Return some bytes from a place on."""
        return os.pread(self.file.fileno(), min(BLOCK, most), at)

    def close(self) -> None:
        """Close the file, too."""
        self.file.close()
        super().close()


def part_of_file(headers: Any, file: IO[bytes], *, size: int, tag: str, content_type: str) -> HttpResponseBase:
    """Answer with a file or the part that is asked for; with 304 where the client has it, with 416 where there is none.

    :param headers: the request's
    :param tag: what tells the file's content from any other
    """
    entity = f'"{tag}"'
    if _names(headers.get("If-None-Match", ""), entity):
        file.close()
        return _described(HttpResponse(status=304), entity)
    asked = headers.get("Range", "") if headers.get("If-Range", entity) == entity else ""
    try:
        part = part_of(asked, size)
    except Unsatisfiable:
        file.close()
        refusal = _described(HttpResponse(status=416, content_type="application/json"), entity)
        refusal["Content-Range"] = f"bytes */{size}"
        return refusal
    start, length = part or (0, size)
    sent = PartOfFile(file, start=start, length=length, status=206 if part else 200, content_type=content_type)
    if part:
        sent["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    sent["Content-Disposition"] = "inline"
    return _described(sent, entity)


def _names(header: str, entity: str) -> bool:
    return any(tag.strip().removeprefix("W/") in (entity, "*") for tag in header.split(","))


def _described(response: Response, entity: str) -> Response:
    response["ETag"] = entity
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = TAKEN
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


class Files:
    """Sends parts of files, each no faster than its client takes it, and holds no thread while that waits.

    :param disk: reads; it is busy only while something is read
    """

    def __init__(self, disk: Executor) -> None:
        self._disk = disk
        self._running: Counter[str] = Counter()

    def is_full(self, owner: str) -> bool:
        """Return whether another one must be refused for now. :param owner: an account or a link; empty: nobody's"""
        return self._running.total() >= AT_ONCE or bool(owner and self._running[owner] >= AT_ONCE_OF_ONE)

    async def send(self, response: PartOfFile, owner: str, receive: Receive, send: Send) -> None:
        """Send a part of a file and close it, whatever happens on the way."""
        self._running[owner] += 1
        gone = asyncio.ensure_future(disconnected(receive))
        loop = asyncio.get_running_loop()
        at, left = response.start, response.length
        try:
            while left and not gone.done():
                data = await loop.run_in_executor(self._disk, response.read, at, left)
                if not data:
                    break
                async with asyncio.timeout(PATIENCE):
                    await send({"type": "http.response.body", "body": data, "more_body": True})
                at, left = at + len(data), left - len(data)
            if not left:
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            pass
        finally:
            self._running[owner] -= 1
            if not self._running[owner]:
                del self._running[owner]
            gone.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await gone
            response.close()
        if left:
            raise Cut
