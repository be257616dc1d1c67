"""The sheets of an Excel workbook as rows of text: each cell as its owner sees it, with the link that is on it.

A workbook is a ZIP of XML files, read as a stream: what it says of its own size is believed, because the archive
gives no more than that, and is limited.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO
from xml.etree import ElementTree

from onward.domain.exchange.importing.grid import MAX_COLUMNS, MAX_LINES, MAX_ROWS, Line, refuse, too_long

MAX_UNPACKED = 100 * 1024 * 1024
# The text of all cells together: many cells may point at one long text.
MAX_TEXT = 64 * 1024 * 1024
MAX_MERGED = 200_000
# A row has 16,384 cells at most, each of a few elements.
MAX_HELD = 100_000

_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENT_FORMATS = {9, 10}
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LINK = re.compile(r'HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
_FORMAT_CURRENCY = re.compile(r'\[\$([^\]-]+)|"\s*([A-Z]{3})\s*"|([€$£¥₹])')


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook. :param hidden: whether its owner has hidden it"""

    name: str
    hidden: bool
    lines: list[Line]


def sheets(source: bytes) -> list[Sheet]:
    """Read all sheets of an Excel workbook.

    :raises Invalid: when it is none, or is larger than we read
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise refuse(f"Unpacked, the workbook is larger than {MAX_UNPACKED // 1024**2} MB.")
            return list(Workbook(archive).sheets())
    except (
        zipfile.BadZipFile,
        ElementTree.ParseError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
    ):
        raise refuse("This is no Excel workbook that can be read. Save the sheet as CSV and import that.") from None


class Workbook:
    """A workbook whose archive is open."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._texts = self._shared_texts()
        self._formats = self._cell_formats()
        self._budget = MAX_TEXT
        self._merged = MAX_MERGED
        # Old programs for the Macintosh count days from 1904.
        self._epoch = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of a calendar, of no zone

    def sheets(self) -> Iterator[Sheet]:
        """Read each worksheet, in the order of the tabs."""
        targets = self._relations("xl/workbook.xml")
        for element in self._elements("xl/workbook.xml"):
            if _tag(element) == "workbookPr" and element.get("date1904") in {"1", "true"}:
                self._epoch += timedelta(days=1462)
            if _tag(element) == "sheet":
                path = targets.get(_relation(element), "")
                if path in self._names and "worksheets/" in path:
                    hidden = element.get("state", "visible") != "visible"
                    yield Sheet(element.get("name", ""), hidden, self._lines(path))

    def _elements(self, path: str) -> Iterator[ElementTree.Element]:
        with self._archive.open(path) as opened:
            yield from _closed(opened)

    def _relations(self, path: str) -> dict[str, str]:
        folder, _, name = path.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in self._names:
            return {}
        found = {}
        for element in self._elements(relations):
            if _tag(element) == "Relationship":
                target = element.get("Target", "")
                if element.get("TargetMode") != "External":
                    target = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
                found[element.get("Id", "")] = target
        return found

    def _shared_texts(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._names:
            return []
        return [_text(e) for e in self._elements("xl/sharedStrings.xml") if _tag(e) == "si"]

    def _cell_formats(self) -> list[str]:
        """Return what the numbers of each style of a cell are: "date", "percent", a currency's sign, or nothing."""
        if "xl/styles.xml" not in self._names:
            return []
        codes: dict[int, str] = {}
        for element in self._elements("xl/styles.xml"):
            if _tag(element) == "numFmt":
                codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
            if _tag(element) == "cellXfs":
                return [_kind(int(xf.get("numFmtId", "0")), codes) for xf in element]
        return []

    def _lines(self, path: str) -> list[Line]:
        rows: dict[int, dict[int, str]] = {}
        links: dict[int, dict[int, str]] = {}
        external = self._relations(path)
        number = 0
        for element in self._elements(path):
            match _tag(element):
                case "row":
                    number = int(element.get("r") or number + 1)
                    cells, linked = self._row(element)
                    if any(text.strip() for text in cells.values()):
                        rows[number] = cells
                        links[number] = linked
                    if len(rows) > MAX_ROWS + 100 or number > MAX_LINES * 2:
                        raise too_long()
                case "mergeCell":
                    self._spread(element.get("ref", ""), rows)
                case "hyperlink":
                    address = external.get(_relation(element), "")
                    place = _place(element.get("ref", ""))
                    if address and place and place[0] in links:
                        links[place[0]][place[1]] = address
        return [_line(number, rows[number], links[number]) for number in sorted(rows)]

    def _row(self, row: ElementTree.Element) -> tuple[dict[int, str], dict[int, str]]:
        cells: dict[int, str] = {}
        links: dict[int, str] = {}
        column = -1
        for cell in row:
            place = _place(cell.get("r", ""))
            column = place[1] if place else column + 1
            formula = next((e.text or "" for e in cell if _tag(e) == "f"), "")
            text = self._shown(cell, formula)
            if text:
                cells[column] = text
                self._budget -= len(text)
            if found := _LINK.match(formula):
                links[column] = found[1]
        if self._budget < 0:
            raise refuse(f"The workbook holds more than {MAX_TEXT // 1024**2} MB of text.")
        return cells, links

    def _shown(self, cell: ElementTree.Element, formula: str) -> str:
        value = next((e.text or "" for e in cell if _tag(e) == "v"), "")
        match cell.get("t", "n"):
            case "s":
                return self._texts[int(value)] if value and int(value) < len(self._texts) else ""
            case "inlineStr":
                return _text(cell)
            case "b":
                return "TRUE" if value == "1" else "FALSE"
            case "n" if value:
                style = int(cell.get("s", "0"))
                return self._number(value, self._formats[style] if style < len(self._formats) else "")
        # What a program has written without working it out is shown as it was written.
        return value or (f"={formula}" if formula else "")

    def _number(self, value: str, kind: str) -> str:
        number = float(value)
        if kind == "date" and 0 <= number < 2_958_466:
            if number < 1:
                return (self._epoch + timedelta(days=number)).strftime("%H:%M")
            moment = self._epoch + timedelta(seconds=round(number * 86_400))
            return moment.date().isoformat() if moment.time() == datetime.min.time() else moment.isoformat(" ")
        if kind == "percent":
            return f"{number * 100:.12g}%"
        shown = str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number:.15g}"
        return f"{shown} {kind}" if kind and kind != "date" else shown

    def _spread(self, area: str, rows: Mapping[int, dict[int, str]]) -> None:
        """Copy the text of a merged cell to each of its rows: one company over three roles."""
        first, _, last = area.partition(":")
        begin, end = _place(first), _place(last)
        if not begin or not end or end[0] <= begin[0] or begin[0] not in rows:
            return
        text = rows[begin[0]].get(begin[1], "")
        self._merged -= end[0] - begin[0]
        if text and self._merged > 0:
            for number in range(begin[0] + 1, end[0] + 1):
                if number in rows:
                    rows[number][begin[1]] = text


def _closed(opened: IO[bytes]) -> Iterator[ElementTree.Element]:
    """Yield the parts of a file as they end, and forget each row: the memory that it takes does not grow with them."""
    parser = ElementTree.iterparse(opened, events=("start", "end"))  # noqa: S314 (limited)
    kept = {"c", "v", "f", "is", "t", "r", "rPr", "si", "xf", "cellXfs"}
    _, root = next(parser)
    parents = [root]
    held = 0
    for event, element in parser:
        if event == "start":
            parents.append(element)
            held += 1
            if held > MAX_HELD:
                raise ValueError("too much in one row")
            continue
        if len(parents) > 1:
            parents.pop()
        tag = _tag(element)
        if tag not in kept or tag in {"si", "cellXfs"}:
            yield element
            element.clear()
            held = 0
            if tag in {"row", "si", "mergeCell", "hyperlink"}:
                parents[-1].clear()


def _line(number: int, cells: dict[int, str], links: dict[int, str]) -> Line:
    width = max(cells) + 1
    if width > MAX_COLUMNS:
        return Line(number, [], problem=f"it has more than {MAX_COLUMNS} cells")
    return Line(number, [cells.get(column, "").replace("\0", "") for column in range(width)], links)


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _relation(element: ElementTree.Element) -> str:
    return next((value for name, value in element.items() if name.endswith("}id")), "")


def _text(element: ElementTree.Element) -> str:
    """Join the runs of a text, without the reading aids of East Asian ones."""
    parts = []
    for child in element:
        match _tag(child):
            case "t":
                parts.append(child.text or "")
            case "r" | "is":
                parts.append(_text(child))
    return "".join(parts)


def _place(reference: str) -> tuple[int, int] | None:
    """Read ``B7``: row 7, column 1."""
    found = _REFERENCE.fullmatch(reference.partition(":")[0])
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


def _kind(number: int, codes: Mapping[int, str]) -> str:
    code = codes.get(number, "")
    if number in _PERCENT_FORMATS or "%" in code:
        return "percent"
    if number in _DATE_FORMATS:
        return "date"
    if found := _FORMAT_CURRENCY.search(code):
        return str(found[found.lastindex or 1]).strip()
    return "date" if re.search(r"[dmyhs]", re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code.casefold())) else ""
