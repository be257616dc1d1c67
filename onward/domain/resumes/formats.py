"""Telling a PDF or a Word document by its content. Names and headers are the client's word and are not asked.

Only the frame of a file is looked at: nothing is unpacked but one small part of a DOCX, up to a fixed length.
"""

import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of document that is accepted."""

    content_type: str
    suffix: str


PDF = Format("application/pdf", ".pdf")
DOC = Format("application/msword", ".doc")
DOCX = Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")

# A PDF's trailer is looked for from the end, in pieces of this length, each with a little of the next.
PDF_PIECE = 64 * 1024
PDF_TRAILER = 128

# The parts of a DOCX: a long document has some hundreds; an archive of tens of thousands is an attack.
DOCX_ENTRIES = 2_000
DOCX_DIRECTORY = 512 * 1024
DOCX_UNPACKED = 200 * 1024 * 1024
DOCX_TYPES = 256 * 1024
DOCX_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_ENTRY = 128
OLE_STREAM = 2
# Markers above this value are not sector numbers ([MS-CFB] 2.1).
OLE_LAST_SECTOR = 0xFFFFFFFA


def recognise(file: IO[bytes]) -> Format | None:
    """Return what a file is, or None when it is none of the three."""
    file.seek(0)
    head = file.read(64)
    if re.match(rb"(?:\xef\xbb\xbf)?\s{0,32}%PDF-[0-9]\.[0-9]", head):
        return PDF if _is_whole_pdf(file) else None
    if head.startswith(b"PK\x03\x04"):
        return DOCX if _is_docx(file) else None
    if head.startswith(OLE_MAGIC):
        return DOC if _is_doc(file) else None
    return None


def _is_whole_pdf(file: IO[bytes]) -> bool:
    """Look for the trailer. Whatever comes after it is no part of the document, and programs add much there.

    An archive there would be two files in one: whoever opens archives begins at the end.
    """
    at = file.seek(0, 2)
    after = b""
    while at > 0:
        at = max(0, at - PDF_PIECE)
        file.seek(at)
        piece = file.read(PDF_PIECE) + after
        if ends := [found.end() for found in re.finditer(rb"startxref\s{1,9}[0-9]{1,12}\s{1,9}%%EOF", piece)]:
            return _archive_end(file) < at + ends[-1]
        after = piece[:PDF_TRAILER]
    return False


def _archive_end(file: IO[bytes]) -> int:
    """Return where the list of an archive's contents ends, from the file's beginning, or -1."""
    size = file.seek(0, 2)
    begins = file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    return begins + at if at >= 0 and len(tail) - at >= 22 else -1


def _is_docx(file: IO[bytes]) -> bool:
    try:
        if not _has_short_directory(file):
            return False
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if len(names) != len(entries) or len(entries) > DOCX_ENTRIES:
                return False
            if sum(entry.file_size for entry in entries) > DOCX_UNPACKED:
                return False
            # Word numbers the main part in some documents that were made online: document2.xml.
            if not any(re.fullmatch(r"word/document\d{0,3}\.xml", name) for name in names):
                return False
            with archive.open("[Content_Types].xml") as types:
                return DOCX_MAIN in types.read(DOCX_TYPES)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        OSError,
        struct.error,
    ):
        return False
    except Exception as error:
        # The decompressors have exceptions of their own, which share no ancestor.
        if type(error).__module__ in {"zlib", "_lzma", "lzma"}:
            return False
        raise


def _has_short_directory(file: IO[bytes]) -> bool:
    """Read the length of the list of contents before it is read whole: it could be the whole file."""
    at = _archive_end(file)
    if at < 0:
        return False
    file.seek(at)
    _, _, entries, length = struct.unpack_from("<HHHI", file.read(22), 6)
    return bool(entries <= DOCX_ENTRIES and length <= DOCX_DIRECTORY)


def is_locked(file: IO[bytes]) -> bool:
    """Return whether a file is a document of Word, or a sheet, that opens by a password ([MS-OFFCRYPTO] 2.3.2)."""
    return _has_stream(file, "EncryptedPackage")


def _is_doc(file: IO[bytes]) -> bool:
    return _has_stream(file, "WordDocument")


def _has_stream(file: IO[bytes], name: str) -> bool:
    """Return whether a file is a compound file that has a stream of this name."""
    file.seek(0)
    header = file.read(512)
    if len(header) < 512 or not header.startswith(OLE_MAGIC):
        return False
    shift, first = struct.unpack_from("<H", header, 30)[0], struct.unpack_from("<I", header, 48)[0]
    if shift not in {9, 12}:
        return False
    try:
        return any(_is_stream(entry, name) for entry in _ole_directory(file, header, first, 1 << shift))
    except struct.error:
        return False


def _is_stream(entry: bytes, name: str) -> bool:
    length, kind = struct.unpack_from("<HB", entry, 64)
    return kind == OLE_STREAM and entry[: max(0, length - 2)] == name.encode("utf-16-le")


def _ole_directory(file: IO[bytes], header: bytes, sector: int, size: int) -> Iterator[bytes]:
    """Walk the entries of a compound file's directory ([MS-CFB] 2.2, 2.6).

    The header's own 109 pointers to allocation sectors cover 6.8 MB and more, so that longer chains of them need
    not be followed. A chain that runs in a circle ends, because no sector is visited twice.
    """
    allocation = struct.unpack_from("<109I", header, 76)
    visited: set[int] = set()
    while sector < OLE_LAST_SECTOR and sector not in visited:
        visited.add(sector)
        file.seek((sector + 1) * size)
        block = file.read(size)
        if len(block) < size:
            return
        for at in range(0, size, OLE_ENTRY):
            yield block[at : at + OLE_ENTRY]
        table, index = divmod(sector, size // 4)
        if table >= len(allocation) or allocation[table] >= OLE_LAST_SECTOR:
            return
        file.seek((allocation[table] + 1) * size + index * 4)
        sector = struct.unpack("<I", file.read(4))[0]
