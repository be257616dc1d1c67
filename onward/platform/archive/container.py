"""The archive as a file: a tar that ends with a checksum of every byte before it.

It is written and read from front to back, so that its size costs no memory. Any `tar` unpacks it.
"""

import hashlib
import io
import os
import tarfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from onward.platform.archive.problem import ArchiveProblem

BLOCK = 512
PIECE = 1024 * 1024
# The last member and the two empty blocks with which a tar ends.
TRAILER = "sha256"
TRAILER_SIZE = 4 * BLOCK


class Writer:
    """Writes the members of an archive, one after the other.

    :param file: at its beginning
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._size = 0

    def add(self, name: str, content: bytes) -> None:
        """Add a member that is in memory."""
        self.add_pieces(name, len(content), [content])

    def add_pieces(self, name: str, size: int, pieces: Iterable[bytes]) -> None:
        """Add a member piece by piece.

        :raises ArchiveProblem: when the pieces do not add up to the size
        """
        self._write(_header(name, size))
        written = 0
        for piece in pieces:
            written += len(piece)
            self._write(piece)
        if written != size:
            raise ArchiveProblem(f"{name} changed while it was read: {size} bytes were expected, {written} came.")
        self._write(bytes(-size % BLOCK))

    def finish(self) -> None:
        """Write the checksum and have the disk keep everything."""
        self._file.write(_trailer(self._digest.hexdigest(), self._size))
        self._file.flush()
        os.fsync(self._file.fileno())

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._digest.update(content)
        self._size += len(content)


def check(path: Path, *, progress: Callable[[int, int], None]) -> None:
    """Read a whole archive and see that every byte is as it was written.

    :param progress: is told how many bytes were read, and of how many
    :raises ArchiveProblem: when the file is truncated or changed, or no archive
    """
    digest = hashlib.sha256()
    with _opened(path) as file:
        size = file.seek(0, os.SEEK_END) - TRAILER_SIZE
        file.seek(max(size, 0))
        trailer = file.read()
        if size < 0 or not trailer.startswith(TRAILER.encode() + b"\0"):
            raise ArchiveProblem(f"{path} is no archive of Onward, or its end is missing.")
        file.seek(0)
        read = 0
        while piece := file.read(min(PIECE, size - read)):
            digest.update(piece)
            read += len(piece)
            progress(read, size)
    if trailer != _trailer(digest.hexdigest(), size):
        raise ArchiveProblem(f"{path} was changed or damaged after it was made: its checksum does not match.")


def members(path: Path) -> Iterator[tuple[str, int, BinaryIO]]:
    """Yield each member's name, size and content, which must be read before the next one is asked for.

    :raises ArchiveProblem: when the file is no archive
    """
    try:
        with _opened(path) as file, tarfile.open(fileobj=file, mode="r:") as archive:
            while (member := archive.next()) is not None:
                # Otherwise it remembers every member.
                archive.members = []  # type: ignore[attr-defined]
                content = archive.extractfile(member) if member.isreg() else None
                if content is None:
                    raise ArchiveProblem(f"{path} holds {member.name}, which is no file.")
                if member.name != TRAILER:
                    yield member.name, member.size, content  # type: ignore[misc]
    except tarfile.TarError as error:
        raise ArchiveProblem(f"{path} is no archive of Onward: {error}.") from None


def pieces(content: BinaryIO) -> Iterator[bytes]:
    """Read a stream in pieces of a bounded size."""
    while piece := content.read(PIECE):
        yield piece


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise ArchiveProblem(f"{path} cannot be read: {error.strerror}.") from None


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size = size
    member.mode = 0o600
    return member.tobuf(tarfile.PAX_FORMAT)


def _trailer(digest: str, size: int) -> bytes:
    content = f"{digest} {size}\n".encode()
    written = io.BytesIO()
    written.write(_header(TRAILER, len(content)))
    written.write(content.ljust(BLOCK, b"\0"))
    return written.getvalue().ljust(TRAILER_SIZE, b"\0")
