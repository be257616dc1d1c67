"""A table as an Excel workbook of one sheet, made as it is sent: the memory it takes does not grow with the table."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models.expressions import Combinable

from onward.domain.exchange.cells import neutralise
from onward.domain.exchange.tables import Column, Row

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a sheet holds, less its headers, and what a cell does.
MOST_ROWS = 1_048_575
LONGEST = 32_767
# XML has no way to write these.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Days are counted from here, and rightly since March 1900: Excel believes in a 29th of February of that year.
_EPOCH, _FIRST = date(1899, 12, 30), date(1900, 3, 1)
_HEADER, _DATE = 1, 2

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}">'
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        '<fonts count="2"><font/><font><b/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="3"><xf xfId="0"/><xf fontId="1" applyFont="1" xfId="0"/>'
        '<xf numFmtId="164" applyNumberFormat="1" xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def workbook(
    found: Iterable[Sequence[Row]], sources: Sequence[str | Combinable], columns: Sequence[Column], *, title: str
) -> Iterator[bytes]:
    """Write pages of rows as a workbook, headers first. Whole numbers and days are such, everything else is text.

    :param sources: what stands in the rows
    :param title: of the sheet, without the signs that Excel does not take there
    """
    out = _Outlet()
    # Python's own, with sizes behind each part: the archives of the larger form that zipstream makes of parts whose
    # size is not known are damaged to Excel.
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, _HEAD + text)
        archive.writestr("xl/workbook.xml", _HEAD + _book(title))
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for part in _sheet(found, sources, columns):
                sheet.write(part.encode())
                yield out.taken()
    yield out.taken()


class _Outlet(io.RawIOBase):
    """What an archive is written into, and taken from as it grows."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """Return what has come since the last time."""
        found, self._parts = b"".join(self._parts), []
        return found


def _book(title: str) -> str:
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<sheets><sheet name="{escape(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _sheet(
    found: Iterable[Sequence[Row]], sources: Sequence[str | Combinable], columns: Sequence[Column]
) -> Iterator[str]:
    cells = [(sources.index(column.source), column.show) for column in columns]
    head = "".join(_text(column.header, _HEADER) for column in columns)
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<sheetData><row>{head}</row>"
    )
    for page in found:
        lines = ("".join(_cell(row[place], show) for place, show in cells) for row in page)
        yield "".join(f"<row>{line}</row>" for line in lines)
    yield "</sheetData></worksheet>"


def _cell(value: Any, show: Any) -> str:
    if value is None:
        return "<c/>"
    if value.__class__ is int and show is str:
        return f"<c><v>{value}</v></c>"
    if isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST:
        return f'<c s="{_DATE}"><v>{(value - _EPOCH).days}</v></c>'
    return _text(neutralise(show(value)), 0)


def _text(text: str, style: int) -> str:
    written = escape(_UNWRITABLE.sub("", text)[:LONGEST])
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'
