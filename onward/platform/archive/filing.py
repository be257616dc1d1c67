"""The files of an archive, and the list of them."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator

from onward.platform import storage
from onward.platform.archive import container
from onward.platform.refusals import Missing

FOLDER = "files/"


class Files:
    """The list of the files in an archive, kept in a temporary file: a server may have millions."""

    def __init__(self) -> None:
        # A database without a name is on the disk and nobody else's.
        self._list = sqlite3.connect("", isolation_level=None)
        self._list.execute("PRAGMA journal_mode = OFF")
        self._list.execute("CREATE TABLE file (key TEXT PRIMARY KEY, size INTEGER, sha256 TEXT, named INTEGER)")

    def add(self, key: str, size: int, sha256: str) -> None:
        """Note a file that is in the archive."""
        self._list.execute("INSERT INTO file VALUES (?, ?, ?, 0)", [key, size, sha256])

    def name(self, key: str) -> None:
        """Note that a row of the archive names a file."""
        self._list.execute("UPDATE file SET named = 1 WHERE key = ?", [key])

    def find(self, key: str) -> tuple[int, str] | None:
        """Return the size and the checksum of a file; None when it is not in the archive."""
        found: tuple[int, str] | None = self._list.execute(
            "SELECT size, sha256 FROM file WHERE key = ?", [key]
        ).fetchone()
        return found

    def named(self) -> Iterator[tuple[str, int, str]]:
        """Yield key, size and checksum of each file that a row names, in the order of their keys."""
        yield from self._list.execute("SELECT key, size, sha256 FROM file WHERE named ORDER BY key")

    def totals(self) -> tuple[int, int]:
        """Return how many files rows name, and their bytes."""
        found: tuple[int, int] = self._list.execute(
            "SELECT count(*), coalesce(sum(size), 0) FROM file WHERE named"
        ).fetchone()
        return found


def copy(keys: Iterable[str], *, writer: container.Writer, files: Files) -> Iterator[str]:
    """Put the files of these keys into an archive that are not in it yet; gives each key that has no file."""
    for key in keys:
        if files.find(key) is not None:
            continue
        try:
            content = storage.open_file(key)
        except Missing:
            yield key
            continue
        digest = hashlib.sha256()

        def pieces(content: storage.Content = content, digest: "hashlib._Hash" = digest) -> Iterator[bytes]:
            for piece in content.chunks(container.PIECE):
                digest.update(piece)
                yield piece

        with content:
            size = content.size
            writer.add_pieces(FOLDER + key, size, pieces())
        files.add(key, size, digest.hexdigest())


def sha256(key: str) -> tuple[int, str]:
    """Return the size and the checksum of a file that is stored.

    :raises Missing: when there is no such file
    """
    digest = hashlib.sha256()
    with storage.open_file(key) as content:
        for piece in content.chunks(container.PIECE):
            digest.update(piece)
        return content.size, digest.hexdigest()
