"""Rows as lines: a JSON array of a row's values each, and the checksum of a table."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from onward.platform.archive.shape import Table

# Of lines, before they are compressed. A chunk is all that is held in memory of a table.
CHUNK = 1024 * 1024
# A quarter of the time of zlib's usual 6, for a tenth more bytes.
LEVEL = 2

Row = tuple[Any, ...] | list[Any]

_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_sorted = json.JSONEncoder(sort_keys=True, check_circular=False).encode


class Digest:
    """The checksum of a table, the same whichever database its rows stand in.

    PostgreSQL keeps the value of a JSON document and not its text: keys lose their order, ``1e2`` becomes ``100``.
    So documents count by their value, everything else by its text.
    """

    def __init__(self, table: Table) -> None:
        self._documents = table.places_of("json")
        self._digest = hashlib.sha256()
        self.rows = 0

    def add(self, rows: list[Row]) -> list[str]:
        """Count rows in, and give their lines."""
        lines = [_line(row) for row in rows]
        self.rows += len(rows)
        counted = [_line(self._by_value(row)) for row in rows] if self._documents else lines
        self._digest.update(("\n".join(counted) + "\n").encode())
        return lines

    def _by_value(self, row: Row) -> Row:
        row = list(row)
        for place in self._documents:
            if row[place] is not None:
                row[place] = _sorted(json.loads(row[place], parse_float=_number))
        return row

    def __str__(self) -> str:
        return self._digest.hexdigest()


def _number(text: str) -> Any:
    value = Decimal(text).normalize()
    return int(value) if value == value.to_integral_value() and value.adjusted() < 400 else {"number": str(value)}


def packed(lines: Iterable[str]) -> Iterator[bytes]:
    """Put lines together to compressed chunks."""
    waiting: list[str] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= CHUNK:
            yield _pack(waiting)
            waiting, size = [], 0
    if waiting:
        yield _pack(waiting)


def _pack(lines: list[str]) -> bytes:
    return gzip.compress(("\n".join(lines) + "\n").encode(), LEVEL, mtime=0)


def unpacked(chunk: bytes) -> Iterator[Any]:
    """Read the lines of a compressed chunk."""
    for line in gzip.decompress(chunk).decode().split("\n"):
        if line:
            yield json.loads(line)
