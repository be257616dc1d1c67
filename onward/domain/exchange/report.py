"""A table on paper: a PDF whose text can be taken out again, whatever script it is in."""

import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from threading import Lock

import pypdfium2
import typst

HERE = Path(__file__).parent
# Rows that are typeset at once: each takes some hundred kilobytes until its part is done.
PART = 500
# So much of a cell is shown, in characters: a page must hold a row.
LONGEST = 600
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# PDFium may run in one thread at a time.
_JOINING = Lock()


def report(
    found: Iterable[Sequence[Sequence[str]]],
    *,
    title: str,
    headers: Sequence[str],
    widths: Sequence[float],
    made: str,
) -> Iterator[bytes]:
    """Typeset pages of rows as a table.

    :param widths: of the columns, in relation to each other
    :param made: when it was made, in words
    """
    rows = chain.from_iterable(found)
    parts: list[bytes] = []
    page = 1
    while (some := list(islice(rows, PART))) or not parts:
        said = {
            "title": title,
            "made": made,
            "page": page,
            "headers": list(headers),
            "widths": list(widths),
            "rows": [[_printable(cell) for cell in row] for row in some],
        }
        parts.append(_typeset(said))
        if len(some) < PART:
            break
        page += _pages(parts[-1])
    yield parts[0] if len(parts) == 1 else _joined(parts)


def _typeset(said: dict[str, object]) -> bytes:
    # The machine's own fonts stand in for signs that those of typst do not have.
    pdf: bytes = typst.compile(HERE / "report.typ", root=HERE, sys_inputs={"said": json.dumps(said)})
    return pdf


def _pages(pdf: bytes) -> int:
    with _JOINING, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _joined(parts: Sequence[bytes]) -> bytes:
    with _JOINING, pypdfium2.PdfDocument.new() as whole:
        for part in parts:
            with pypdfium2.PdfDocument(part) as document:
                whole.import_pages(document)
        out = io.BytesIO()
        whole.save(out)
        return out.getvalue()


def _printable(text: str) -> str:
    shown = _UNPRINTABLE.sub(" ", text)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
