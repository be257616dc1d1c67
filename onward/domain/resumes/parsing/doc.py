"""Word documents of 1997 to 2003."""

import re
import struct
from collections.abc import Iterator

from onward.domain.resumes.parsing.bounds import Unreadable, Words

MOST_SECTORS = 65_536
OLE_END = 0xFFFFFFFA
OLE_ENTRY = 128


def read(content: bytes) -> Words:
    """Read the main text of a Word 97 to 2003 document by its piece table ([MS-DOC] 2.4.1)."""
    try:
        streams = _Compound(content)
        main = streams.read("WordDocument")
        flags: int = struct.unpack_from("<H", main, 10)[0]
        if flags & 0x0100:
            raise Unreadable("locked")
        length, place, size = (struct.unpack_from("<I", main, at)[0] for at in (0x4C, 0x01A2, 0x01A6))
        table = streams.read("1Table" if flags & 0x0200 else "0Table")
        return Words(_without_fields("".join(_pieces(main, table[place : place + size], length))))
    except (struct.error, ValueError, KeyError, IndexError):
        raise Unreadable("broken") from None


def _pieces(main: bytes, clx: bytes, length: int) -> Iterator[str]:
    at = 0
    while clx[at] == 1:
        at += 3 + int(struct.unpack_from("<H", clx, at + 1)[0])
    if clx[at] != 2:
        raise ValueError("no piece table")
    count = (struct.unpack_from("<I", clx, at + 1)[0] - 4) // 12
    at += 5
    if not 0 <= count <= len(clx) // 12:
        raise ValueError("the piece table is cut")
    ends = struct.unpack_from(f"<{count + 1}I", clx, at)
    for number in range(count):
        begin, end = ends[number], min(ends[number + 1], length)
        if begin >= end:
            continue
        place: int = struct.unpack_from("<I", clx, at + 4 * (count + 1) + 8 * number + 2)[0]
        if place & 0x40000000:
            begins = (place & 0x3FFFFFFF) // 2
            yield main[begins : begins + end - begin].decode("cp1252", "replace")
        else:
            yield main[place : place + 2 * (end - begin)].decode("utf-16-le", "replace")


def _without_fields(text: str) -> str:
    """Leave out what computes a field and keep what it shows; turn Word's own marks into white space."""
    text = re.sub(r"\x13[^\x13\x14\x15]*\x14([^\x13\x14\x15]*)\x15", r"\1", text)
    text = re.sub(r"\x13[^\x13\x14\x15]*\x15", "", text)
    return text.translate({0x07: "\t", 0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x1E: "-", 0x1F: ""})


class _Compound:
    """The streams of a compound file ([MS-CFB])."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        if self._size not in {512, 4096}:
            raise ValueError("no compound file")
        directory, self._cutoff, mini = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
        # The header's own pointers cover 6.8 MB and more, which no résumé exceeds.
        tables = [sector for sector in struct.unpack_from("<109I", content, 76) if sector < OLE_END]
        self._next = self._numbers(b"".join(map(self._sector, tables)))
        entries = self._chain(directory)
        self._entries = {}
        for at in range(0, len(entries) - OLE_ENTRY + 1, OLE_ENTRY):
            length, kind = struct.unpack_from("<HB", entries, at + 64)
            if kind in {2, 5}:
                name = entries[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                self._entries[name if kind == 2 else ""] = struct.unpack_from("<II", entries, at + 116)
        self._mini_next = self._numbers(self._chain(mini)) if mini < OLE_END else ()
        self._mini = self._chain(self._entries[""][0]) if "" in self._entries else b""

    def read(self, name: str) -> bytes:
        first, length = self._entries[name]
        if length >= self._cutoff:
            return self._chain(first)[:length]
        parts, seen = [], 0
        while first < OLE_END and seen <= length // 64:
            parts.append(self._mini[first * 64 : first * 64 + 64])
            first, seen = self._mini_next[first], seen + 1
        return b"".join(parts)[:length]

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) * self._size : (number + 2) * self._size]

    def _numbers(self, data: bytes) -> tuple[int, ...]:
        return struct.unpack_from(f"<{len(data) // 4}I", data)

    def _chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        while sector < OLE_END:
            if len(parts) > MOST_SECTORS:
                raise ValueError("the chain has no end")
            parts.append(self._sector(sector))
            sector = self._next[sector]
        return b"".join(parts)
