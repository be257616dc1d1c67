"""Reads a document's text, in a process of its own that has little memory and little time.

Run as a file, never imported by the server: ``python -I parsing.py pdf < document``. It writes one JSON object:
``{"text": …}``, or ``{"problem": …}`` with ``empty``, ``locked`` or ``broken``. What a hostile document does to this
process, it does to nobody else; :mod:`onward.domain.resumes.text` ends it.
"""

import io
import json
import re
import resource
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

MEMORY = 256 * 1024 * 1024
LONGEST_TEXT = 100_000
MOST_PAGES = 50
LARGEST_PART = 20 * 1024 * 1024
MOST_SECTORS = 65_536

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
WHITE = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}

LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
# Bullets of the Symbol and Wingdings fonts, which have places for private use.
BULLETS = {0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•", 0xF076: "•", 0x25AA: "•", 0x25CF: "•", 0x25A0: "•"}
# A word that was divided at the end of a line; soft hyphens; joiners that nobody sees.
INVISIBLE = {0xFFFE: "", 0x00AD: "", 0x200B: "", 0xFEFF: "", 0x2060: "", 0x00A0: " "}

OLE_END = 0xFFFFFFFA
OLE_ENTRY = 128


class Unreadable(Exception):
    """There is no text to give. The argument is the word for why."""


def limit(seconds: int) -> None:
    """Give up most of what a process may do: for good, and before the first byte of the document is looked at."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024 * 1024, 1024 * 1024))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))


def reader(kind: str) -> Callable[[bytes], str]:
    """Give what reads documents of a kind."""
    return pdf_reader() if kind == "pdf" else {"docx": read_docx, "doc": read_doc}[kind]


def pdf_reader() -> Callable[[bytes], str]:
    """Load the library, while there are no limits yet, and give the reader of PDFs."""
    import pypdfium2

    def read(content: bytes) -> str:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as problem:
            raise Unreadable("locked" if "password" in str(problem).lower() else "broken") from None
        pages: list[str] = []
        for number in range(min(len(document), MOST_PAGES)):
            try:
                page = document[number].get_textpage()
                pages.append(page.get_text_range(0, min(page.count_chars(), LONGEST_TEXT)))
            except pypdfium2.PdfiumError:
                continue
            if sum(map(len, pages)) > LONGEST_TEXT:
                break
        return "\n".join(pages)

    return read


def read_docx(content: bytes) -> str:
    """Read the paragraphs of a Word document, with its heads before them: many have the person's name there."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            heads = sorted(name for name in names if re.fullmatch(r"word/header\d{0,3}\.xml", name))[:3]
            (main, *_) = sorted(name for name in names if re.fullmatch(r"word/document\d{0,3}\.xml", name))
            return "\n".join(_part(archive, name) for name in [*heads, main])
    except (zipfile.BadZipFile, ElementTree.ParseError, ValueError, KeyError, EOFError, NotImplementedError):
        raise Unreadable("broken") from None
    except RuntimeError as problem:
        raise Unreadable("locked" if "password" in str(problem) else "broken") from None


def _part(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        markup = part.read(LARGEST_PART + 1)
    # Word writes no document type; whoever does wants entities that grow.
    if len(markup) > LARGEST_PART or b"<!DOCTYPE" in markup[:4096] or b"<!ENTITY" in markup:
        raise Unreadable("broken")
    return "".join(_words(markup))


def _words(markup: bytes) -> Iterator[str]:
    skipped = 0
    for event, element in ElementTree.iterparse(io.BytesIO(markup), events=("start", "end")):  # noqa: S314 (limited)
        name = element.tag.removeprefix(WORD)
        if element.tag == FALLBACK:
            # The same text box again, for programs that cannot show the first.
            skipped += 1 if event == "start" else -1
        elif event == "start":
            if not skipped and (name == "numPr" or element.get(f"{WORD}val", "").startswith("List")):
                yield "• "
        elif not skipped:
            if name == "t":
                yield element.text or ""
            elif name in WHITE:
                # Where tab stops are declared, "tab" has a place of its own and is no character.
                yield "" if f"{WORD}val" in element.attrib else WHITE[name]
            elif name == "p":
                yield "\n"
        if event == "end" and name in {"p", "tbl"}:
            element.clear()


def read_doc(content: bytes) -> str:
    """Read the main text of a Word 97 to 2003 document by its piece table ([MS-DOC] 2.4.1)."""
    try:
        streams = _Compound(content)
        main = streams.read("WordDocument")
        flags: int = struct.unpack_from("<H", main, 10)[0]
        if flags & 0x0100:
            raise Unreadable("locked")
        length, place, size = (struct.unpack_from("<I", main, at)[0] for at in (0x4C, 0x01A2, 0x01A6))
        table = streams.read("1Table" if flags & 0x0200 else "0Table")
        return _without_fields("".join(_pieces(main, table[place : place + size], length)))
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


def tidied(text: str) -> str:
    """Bring text into the form in which people write it: plain letters, one kind of bullet, no gaps.

    :raises Unreadable: when nothing is left
    """
    text = text.encode("utf-8", "ignore").decode().replace("\r\n", "\n").replace("\r", "\n")
    text = text.translate(LIGATURES | BULLETS | INVISIBLE)
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff]", "", text)
    # An item can be one twice: by its style, and by itself.
    text = re.sub(r"•(?:[ \t]*•)+", "•", text)
    lines = [re.sub(r"[ \t\u2000-\u200a\u202f\u3000]+", " ", line).strip() for line in text.split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:LONGEST_TEXT]
    if not re.search(r"\w{2}", text):
        raise Unreadable("empty")
    return text


def main(kind: str, seconds: int) -> None:
    """Read a document from the standard input and write what becomes of it."""
    read = reader(kind)
    limit(seconds)
    try:
        answer = {"text": tidied(read(sys.stdin.buffer.read()))}
    except Unreadable as problem:
        answer = {"problem": str(problem)}
    json.dump(answer, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
