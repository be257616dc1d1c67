"""Private files that come in pieces, which may be more than a process holds or a connection lasts."""

import fcntl
import os
import uuid
from pathlib import Path
from typing import Any, Self

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from onward.platform.storage.disk import settle

# So much may wait to be written before the disk is asked for it: none of it then waits for long at the end.
SETTLED = 64 * 1024 * 1024


class Busy(Exception):
    """Somebody else is adding to the file."""


def fresh_key(folder: str) -> str:
    """Return the key of a file that is not there yet. :param folder: as `store` takes it"""
    return f"{folder}/{uuid.uuid4().hex}"


def size_of(key: str) -> int:
    """Return how many bytes of a file are there; 0 where nothing is."""
    try:
        return Path(default_storage.path(key)).stat().st_size
    except FileNotFoundError:
        return 0


class Pieces:
    """A file that one process at a time adds to. What `end` has settled is there after a power cut.

    The lock is the kernel's: it goes with the process that holds it, however that ends.

    :raises Busy: while somebody else adds to it
    """

    def __init__(self, key: str) -> None:
        path = Path(default_storage.path(key))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = path.parent
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._unsettled = 0
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.size = os.fstat(self._descriptor).st_size
        except BaseException as problem:
            os.close(self._descriptor)
            raise (Busy() if isinstance(problem, BlockingIOError) else problem) from None

    def write(self, data: bytes) -> int:
        """Add to the file; what fits is there, also when the disk is full on the way. :raises OSError: as it says"""
        left = memoryview(data)
        while left:
            written = os.write(self._descriptor, left)
            left = left[written:]
            self.size += written
            self._unsettled += written
        if self._unsettled >= SETTLED:
            os.fdatasync(self._descriptor)
            self._unsettled = 0
        return len(data)

    def end(self) -> None:
        """Have what was added on the disk for good, and let others add."""
        try:
            os.fsync(self._descriptor)
            settle(self._folder)
        finally:
            os.close(self._descriptor)


class Received(UploadedFile):
    """A file of a form that is among the private files already, under a key, until somebody adopts it."""

    def __init__(self, key: str, *, name: str, size: int) -> None:
        super().__init__(file=None, name=name, size=size)
        self.key = key

    def open(self, mode: str | None = None, *args: Any, **options: Any) -> Self:
        """Open it for reading."""
        self.file = default_storage.open(self.key, "rb")
        return self
