"""From the bytes of a file to tables of text: encoding, delimiter, quotes, and where a table begins."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onward.domain.exchange.importing import linkedin, objects, workbook
from onward.domain.exchange.importing.grid import MAX_COLUMNS, MAX_LINES, MAX_ROWS, Line, refuse, too_long
from onward.domain.exchange.importing.headers import Meanings
from onward.domain.exchange.importing.words import plain

MAX_BYTES = 20 * 1024 * 1024
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
_WORKBOOK = b"PK\x03\x04"
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
)

# A job description may be longer than the 128 KiB that the csv module allows a cell. The file's size is the limit here.
csv.field_size_limit(MAX_BYTES)


# What makes a row the header of a table, where one of company and job title is lacking.
_BESIDE = {"status", "applied_date", "response_date", "job_url"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of applications. `lines` has neither its header nor its empty rows. :param sheet: of a workbook"""

    sheet: str
    header: Line
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class File:
    """A file, read. :param notes: what was passed over, and why"""

    encoding: str
    delimiter: str
    tables: list[Table]
    notes: list[str]


def read(source: bytes | str, meanings: Meanings | None = None) -> File:
    """Read a CSV file, however it is encoded and whatever separates its cells, an Excel workbook, a JSON array or the
    archive in which LinkedIn hands out what it knows of somebody.

    :raises Invalid: when it is too large, is neither, or has no column of companies or none of job titles
    """
    meanings = meanings or Meanings()
    if len(source) > MAX_BYTES:
        raise refuse(f"The file is larger than {MAX_BYTES // 1024**2} MB.")
    if isinstance(source, bytes) and (sheets := linkedin.applications(source)) is not None:
        found = _of_several([read(sheet, meanings) for sheet in sheets])
    elif isinstance(source, bytes) and source.startswith(_WORKBOOK):
        found = _of_workbook(source, meanings)
    elif isinstance(source, bytes) and objects.is_json(source):
        found = _of_objects(source, meanings)
    else:
        text, encoding = _decoded(source)
        text = text if meanings.is_literal else text.replace("\0", "")
        delimiter = _delimiter(text, meanings)
        lines = _filled(_rows(text, delimiter))
        if _delimiter_said(text):
            lines = lines[1:]
        tables, notes = _tables("", lines, meanings)
        found = File(encoding, DELIMITERS[delimiter], tables, notes)
    headers = [cell for table in found.tables for cell in table.header.cells]
    if unknown := meanings.unused(headers):
        shown = ", ".join(f'"{cell.strip()[:40]}"' for cell in headers[:40] if cell.strip())
        raise refuse(f'There is no column "{unknown[0]}". The file has: {shown}.')
    if sum(len(table.lines) for table in found.tables) > MAX_ROWS:
        raise too_long()
    return found


def first_lines(source: bytes | str) -> list[Line]:
    """Return how a file begins, whether or not a header is known among its rows; of a workbook, its first sheet.

    :raises Invalid: when it is no file of rows
    """
    if isinstance(source, bytes) and source.startswith(_WORKBOOK):
        shown = (sheet.lines for sheet in workbook.sheets(source) if not sheet.hidden and sheet.lines)
        return next(shown, [])[:HEADER_WITHIN]
    text = _decoded(source)[0].replace("\0", "")
    lines = _filled(_rows(text[:65536], _delimiter(text, Meanings())))
    return lines[1 if _delimiter_said(text) else 0 :][:HEADER_WITHIN]


def _of_several(files: Sequence[File]) -> File:
    tables = [table for file in files for table in file.tables]
    return File("UTF-8", "archive", tables, [note for file in files for note in file.notes])


def _of_objects(source: bytes, meanings: Meanings) -> File:
    header, *lines = objects.lines(source)
    if not meanings.make_a_header(meanings.fields_of(header.cells)):
        names = ", ".join(f'"{name[:40]}"' for name in header.cells[:40])
        raise refuse(f"The objects must have a company and a job title. They have: {names or 'nothing'}.")
    return File("UTF-8", "JSON", [Table("", header, lines)], [])


def _of_workbook(source: bytes, meanings: Meanings) -> File:
    tables: list[Table] = []
    notes: list[str] = []
    refusals = []
    for sheet in workbook.sheets(source):
        if sheet.hidden:
            notes.append(f'Sheet "{sheet.name}": it is hidden, and passed over')
            continue
        try:
            found, said = _tables(sheet.name, sheet.lines, meanings)
        except _NoTable as refusal:
            refusals.append(refusal)
            if sheet.lines:
                notes.append(f'Sheet "{sheet.name}": passed over, with its {len(sheet.lines)} rows. {refusal}')
            continue
        tables += found
        notes += said
    if not tables:
        raise refuse(str(refusals[0]) if refusals else "The file is empty.")
    return File("Excel", "workbook", tables, notes)


class _NoTable(Exception):
    """Why there is no table of applications among some rows."""


def _decoded(source: bytes | str) -> tuple[str, str]:
    if isinstance(source, str):
        source = source.encode("utf-8", "replace")
    for beginning, kind in _OTHERS:
        if source.startswith(beginning):
            raise refuse(f"This is {kind}, not a CSV file or an Excel workbook. Save the sheet as CSV and import that.")
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return source.decode(encoding, "replace"), encoding.removesuffix("-sig")
    encoding = _unmarked(source)
    return source.decode(encoding, "replace"), encoding


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


def _delimiter_said(text: str) -> str:
    """Return what the first line of a file of Excel's says of its delimiter: ``sep=;``."""
    return text[4] if text[:4].lower() == "sep=" and text[4:5] in DELIMITERS and text[5:6] in {"\r", "\n"} else ""


def _delimiter(text: str, meanings: Meanings) -> str:
    if said := _delimiter_said(text):
        return said
    beginning = text[:65536]

    def worth(delimiter: str) -> tuple[int, int]:
        best = (0, 0)
        for row, _ in zip(csv.reader(_Physical(beginning), delimiter=delimiter), range(HEADER_WITHIN), strict=False):
            best = max(best, (len(meanings.fields_of(row[:MAX_COLUMNS])), min(len(row), MAX_COLUMNS)))
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
        yield Line(number, [first], problem="a quotation mark opens here and is never closed")
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
            raise too_long()
    return found


def _tables(sheet: str, lines: list[Line], meanings: Meanings) -> tuple[list[Table], list[str]]:
    """Find the tables of a sheet: below each other, each with a header of its own, or side by side."""
    try:
        header = _header(lines, meanings)
    except _NoTable as problem:
        if sheet:
            raise
        raise refuse(str(problem)) from None
    where = f'sheet "{sheet}", ' if sheet else ""
    notes = [
        f"{where}row {line.number} is above the header, and passed over: {_shown(line)}"
        for line in lines
        if line.number < header.number
    ]
    tables: list[Table] = []
    for line in lines:
        if line.number <= header.number and tables:
            continue
        if line is header or (line.number > header.number and _begins_table(line, tables, meanings)):
            same = next((t for t in tables if _plain(t.header) == _plain(line)), None)
            # Sheets that were pasted together, or printed page by page, repeat their header.
            if same is None or same is not tables[-1]:
                tables.append(Table(sheet, line, []))
        elif tables:
            tables[-1].lines.append(
                line
                if len(line.cells) <= MAX_COLUMNS
                else replace(line, cells=[], problem=f"it has more than {MAX_COLUMNS} cells")
            )
    return [part for table in tables for part in _side_by_side(table, meanings)], notes


def _begins_table(line: Line, tables: list[Table], meanings: Meanings) -> bool:
    cells = [cell for cell in line.cells[:MAX_COLUMNS] if cell.strip()]
    if len(cells) < 2 or any(len(cell) > 60 for cell in cells):
        return False
    if tables and _plain(line) == _plain(tables[0].header):
        return True
    known = meanings.fields_of(cells)
    return {"company", "job_title"} <= known and len(known) * 2 >= len(cells)


def _side_by_side(table: Table, meanings: Meanings) -> list[Table]:
    """Part a table whose header has a gap, with a whole header on either side of it."""
    cells = table.header.cells
    gaps = [place for place, cell in enumerate(cells) if not cell.strip()]
    edges = [-1, *gaps, len(cells)]
    parts = [slice(a + 1, b) for a, b in pairwise(edges) if b - a > 1]
    whole = [part for part in parts if {"company", "job_title"} <= meanings.fields_of(cells[part])]
    if len(whole) < 2:
        return [table]
    begins = [0, *(part.start for part in whole[1:]), MAX_COLUMNS]
    return [
        Table(
            table.sheet,
            _part(table.header, begin, end),
            [
                part
                for line in table.lines
                if (part := _part(line, begin, end)).problem or any(map(str.strip, part.cells))
            ],
        )
        for begin, end in pairwise(begins)
    ]


def _part(line: Line, begin: int, end: int) -> Line:
    links = {place - begin: link for place, link in line.links.items() if begin <= place < end}
    return replace(line, cells=line.cells[begin:end], links=links)


def _plain(line: Line) -> list[str]:
    names = [plain(cell) for cell in line.cells[:MAX_COLUMNS]]
    while names and not names[-1]:
        names.pop()
    return names


def _header(lines: Sequence[Line], meanings: Meanings) -> Line:
    if not lines:
        raise _NoTable("The file is empty.")
    beginning = lines[:HEADER_WITHIN]
    known = {line.number: meanings.fields_of(line.cells[:MAX_COLUMNS]) for line in beginning}
    for line in beginning:
        if meanings.make_a_header(known[line.number]):
            return line
    for line in beginning:
        if "company" in known[line.number] and _BESIDE & known[line.number]:
            return line
    for line in beginning:
        if "job_title" in known[line.number] and _BESIDE & known[line.number] and _is_parted(line, lines, meanings):
            return line
    best = max(beginning, key=lambda line: (len(known[line.number]), -line.number))
    lacking = [name.replace("_", " ") for name in ("company", "job_title") if name not in known[best.number]]
    raise _NoTable(
        f"No column of the file is a {' or a '.join(lacking)}. Row {best.number} has: {_shown(best, 40)}. "
        f'Say what a column is with --map "Column={lacking[0]}".'
    )


def _is_parted(header: Line, lines: Sequence[Line], meanings: Meanings) -> bool:
    """Whether most titles below a header have their company with them: "Cook @ Acme"."""
    place = next(c.place for c in meanings.columns(header.cells[:MAX_COLUMNS]) if c.field == "job_title")
    titles = [line.cells[place] for line in lines if line.number > header.number and place < len(line.cells)]
    return sum(bool(re.search(r"\s(?:@|at|bei|chez)\s", title)) for title in titles) * 2 > len(titles)


def _shown(line: Line, most: int | None = None) -> str:
    return ", ".join(f'"{cell.strip()[:most]}"' for cell in line.cells[:MAX_COLUMNS] if cell.strip())
