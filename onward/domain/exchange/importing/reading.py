"""From the bytes of a file to rows of text: encoding, delimiter, quotes."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from onward.domain.exchange.importing.headers import fields_of
from onward.domain.exchange.importing.words import plain
from onward.platform.refusals import Invalid

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 300
# Empty rows do not count, but even they take time.
MAX_LINES = 1_000_000

# How far down the header may stand: people put a title and an empty line above it.
HEADER_WITHIN = 20
# How often a quotation mark that never closes is stepped over before the rest of the file is taken as one row.
STEPS = 20

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = (
    (b"PK\x03\x04", "an Excel workbook or another packed file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
)

# A job description may be longer than the 128 KiB that the csv module allows a cell. The file's size is the limit here.
csv.field_size_limit(MAX_BYTES)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file. :param number: as a spreadsheet counts it, from 1; :param problem: why it cannot be read"""

    number: int
    cells: list[str]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file, read. `lines` has neither its header nor its empty rows."""

    encoding: str
    delimiter: str
    header: Line
    lines: list[Line]


def read(source: bytes | str) -> Sheet:
    """Read a CSV file, however it is encoded and whatever separates its cells.

    :raises Invalid: when it is too large, is no CSV file, or has no column of companies or none of job titles
    """
    text, encoding = _decoded(source)
    delimiter = _delimiter(text)
    lines = _filled(_rows(text, delimiter))
    header = _header(lines)
    return Sheet(encoding, delimiter, header, _below(header, lines))


def refuse(problem: str) -> Invalid:
    """Say why a file cannot be imported at all."""
    return Invalid(problem, code="file", fields={"file": [problem]})


def _decoded(source: bytes | str) -> tuple[str, str]:
    if isinstance(source, str):
        source = source.encode("utf-8", "replace")
    if len(source) > MAX_BYTES:
        raise refuse(f"The file is larger than {MAX_BYTES // 1024**2} MB.")
    for beginning, kind in _OTHERS:
        if source.startswith(beginning):
            raise refuse(f"This is {kind}, not a CSV file. Save the sheet as CSV and import that.")
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return source.decode(encoding, "replace").replace("\0", ""), encoding.removesuffix("-sig")
    encoding = _unmarked(source)
    return source.decode(encoding, "replace").replace("\0", ""), encoding


def _unmarked(source: bytes) -> str:
    start = source[:2000]
    if start.count(0) > len(start) // 4:
        # Every other byte of UTF-16 is zero in most alphabets' headers; which one tells the order.
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    try:
        source.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _delimiter(text: str) -> str:
    first = text[:20].splitlines()[:1]
    if first and first[0].lower().startswith("sep=") and first[0][4:5] in DELIMITERS:
        return first[0][4]
    beginning = text[:65536]

    def worth(delimiter: str) -> tuple[int, int]:
        best = (0, 0)
        for row, _ in zip(csv.reader(_Physical(beginning), delimiter=delimiter), range(HEADER_WITHIN), strict=False):
            best = max(best, (len(fields_of(row[:MAX_COLUMNS])), min(len(row), MAX_COLUMNS)))
        return best

    return max(DELIMITERS, key=worth)


class _Physical:
    """The lines of a text, and how far they have been read.

    Not ``str.splitlines``: that breaks at a dozen characters which mean nothing to a CSV file.
    """

    def __init__(self, text: str, offset: int = 0) -> None:
        self.offset = offset
        self._lines = io.StringIO(text, newline="")
        self._lines.seek(offset)

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.offset += len(line)
            yield line


def _rows(text: str, delimiter: str) -> Iterator[Line]:
    """Split a text into rows. A quotation mark that never closes costs its own row, not the rest of the file."""
    number, start = 0, 0
    for step in range(STEPS):
        lines = _Physical(text, start)
        last = start
        pending: list[str] | None = None
        for cells in csv.reader(lines, delimiter=delimiter):
            if pending is not None:
                number += 1
                yield Line(number, pending)
            pending, start, last = cells, last, lines.offset
        if pending is None:
            return
        number += 1
        if step == STEPS - 1 or not _open(text[start:last], delimiter):
            yield Line(number, pending)
            return
        first = next(iter(_Physical(text, start)))
        yield Line(number, [first], "a quotation mark opens here and is never closed")
        start += len(first)


def _open(row: str, delimiter: str) -> bool:
    """Whether a row swallows whatever comes after it."""
    return len(list(csv.reader([*_Physical(row), "after"], delimiter=delimiter))) == 1


def _filled(rows: Iterator[Line]) -> list[Line]:
    found: list[Line] = []
    for line in rows:
        if any(cell and not cell.isspace() for cell in line.cells):
            found.append(line)
        if len(found) > MAX_ROWS + HEADER_WITHIN or line.number > MAX_LINES:
            raise _too_long()
    return found


def _too_long() -> Invalid:
    return refuse(f"The file has more than {MAX_ROWS:,} rows. Split it, and import the parts one by one.")


def _header(lines: list[Line]) -> Line:
    if not lines:
        raise refuse("The file is empty.")
    beginning = lines[:HEADER_WITHIN]
    for line in beginning:
        if {"company", "job_title"} <= fields_of(line.cells[:MAX_COLUMNS]):
            return line
    best = max(beginning, key=lambda line: (len(fields_of(line.cells[:MAX_COLUMNS])), -line.number))
    known = fields_of(best.cells[:MAX_COLUMNS])
    lacking = [name for field, name in (("company", "company"), ("job_title", "job title")) if field not in known]
    found = ", ".join(f'"{cell.strip()[:40]}"' for cell in best.cells[:20] if cell.strip())
    raise refuse(f"No column of the file is a {' or a '.join(lacking)}. Row {best.number} has: {found}.")


def _below(header: Line, lines: list[Line]) -> list[Line]:
    names = [plain(cell) for cell in header.cells]
    below = [
        line if len(line.cells) <= MAX_COLUMNS else Line(line.number, [], f"it has more than {MAX_COLUMNS} cells")
        for line in lines
        # Sheets that were pasted together, or printed page by page, repeat their header.
        if line.number > header.number and (line.cells != header.cells and [plain(c) for c in line.cells] != names)
    ]
    if len(below) > MAX_ROWS:
        raise _too_long()
    return below
