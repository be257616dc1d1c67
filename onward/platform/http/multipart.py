"""A form with a file (RFC 7578), read as it comes: its texts are kept, its file is written somewhere."""

from collections.abc import Callable
from typing import Protocol

from django.utils.http import parse_header_parameters

from onward.platform.http.receiving import Malformed

LONGEST_HEAD = 8 * 1024
# Bytes of all texts together, and how many there may be.
LONGEST_TEXTS = 1024 * 1024
MOST_TEXTS = 64


class Written(Protocol):
    """What a file is written to."""

    def write(self, data: bytes) -> int:
        """Add to it."""


class Form:
    """A form that is being read.

    :param content_type: the request's, with the boundary
    :param file_field: the field whose file is written; other files, and a second one, are passed over
    :param begin: opens what it is written to, when it comes
    :raises Malformed: when there is no boundary
    """

    def __init__(self, content_type: str, *, file_field: str, begin: Callable[[], Written]) -> None:
        _, parameters = parse_header_parameters(content_type)
        boundary = parameters.get("boundary", "").encode("latin-1", "replace")
        if not 0 < len(boundary) <= 200:
            raise Malformed("a form without a boundary")
        self.texts: dict[str, str] = {}
        self.file_name = ""
        self.size = 0
        self.is_whole = False
        self._field = file_field
        self._begin = begin
        self._delimiter = b"\r\n--" + boundary
        # The first boundary may begin the body.
        self._held = bytearray(b"\r\n")
        self._step: Callable[[], bool] = self._skip
        self._texts_size = 0
        self._name = ""
        self._text: bytearray | None = None
        self._file: Written | None = None
        self._has_file = False

    def feed(self, data: bytes) -> None:
        """Read on.

        :raises Malformed: when it is no form
        """
        if self.is_whole:
            # After the last boundary anything may come, and nobody reads it.
            return
        self._held += data
        while self._step():
            pass

    def _skip(self) -> bool:
        """Throw away what comes before a boundary."""
        return self._until_boundary(lambda data: None)

    def _end(self) -> bool:
        return False

    def _until_boundary(self, take: Callable[[bytes], None]) -> bool:
        place = self._held.find(self._delimiter)
        if place < 0:
            # What may be the beginning of one is held.
            ready = len(self._held) - len(self._delimiter) + 1
            if ready > 0:
                take(bytes(self._held[:ready]))
                del self._held[:ready]
            return False
        after = place + len(self._delimiter)
        if len(self._held) < after + 2:
            return False
        take(bytes(self._held[:place]))
        ends = bytes(self._held[after : after + 2])
        del self._held[: after + 2]
        self._end_part()
        if ends == b"--":
            self.is_whole = True
            self._held.clear()
            self._step = self._end
        elif ends == b"\r\n":
            self._step = self._head
        else:
            raise Malformed("a boundary that goes on")
        return True

    def _head(self) -> bool:
        place = self._held.find(b"\r\n\r\n")
        if place < 0:
            if len(self._held) > LONGEST_HEAD:
                raise Malformed("a part without an end of its head")
            return False
        lines = bytes(self._held[:place]).decode("utf-8", "replace").split("\r\n")
        del self._held[: place + 4]
        self._begin_part(lines)
        self._step = self._body
        return True

    def _begin_part(self, lines: list[str]) -> None:
        said = next((line for line in lines if line.lower().startswith("content-disposition:")), "")
        kind, parameters = parse_header_parameters(said.partition(":")[2].strip())
        if kind != "form-data" or "name" not in parameters:
            raise Malformed("a part without a name")
        self._name = parameters["name"]
        if "filename" in parameters:
            if self._name == self._field and not self._has_file:
                self._has_file = True
                self.file_name = parameters["filename"]
                self._file = self._begin()
        else:
            self._text = bytearray()

    def _body(self) -> bool:
        return self._until_boundary(self._take)

    def _take(self, data: bytes) -> None:
        if self._file is not None:
            self._file.write(data)
            self.size += len(data)
        elif self._text is not None:
            self._text += data
            self._texts_size += len(data)
            if self._texts_size > LONGEST_TEXTS:
                raise Malformed("texts that are too long")

    def _end_part(self) -> None:
        if self._text is not None:
            self.texts[self._name] = self._text.decode("utf-8", "replace")
            if len(self.texts) > MOST_TEXTS:
                raise Malformed("too many texts")
        self._text = self._file = None

    @property
    def has_file(self) -> bool:
        """Whether the file has begun to come."""
        return self._has_file
