"""An answer that has come in whole, kept on disk when it is long."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import IO, Self

from django.conf import settings

# Bytes that stay in memory.
SHORT = 1024 * 1024


@dataclass(frozen=True)
class Body:
    """What a source answered. :ivar url: where it came from in the end; :ivar digest: of all its bytes"""

    url: str
    headers: Mapping[str, str]
    file: IO[bytes]
    digest: bytes

    @property
    def charset(self) -> str:
        """Return what the source says its text is written in; empty when it does not."""
        header = Message()
        header["Content-Type"] = self.headers.get("content-type", "")
        return header.get_content_charset("")

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        return self.file.read(size)

    def close(self) -> None:
        """Forget what was read."""
        self.file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()


def spool() -> IO[bytes]:
    """Make a place for an answer. It has no name, so that nothing of it outlives the process."""
    # Not the machine's own folder, which is often memory.
    return tempfile.SpooledTemporaryFile(SHORT, "w+b", dir=str(settings.DATA_DIR))
