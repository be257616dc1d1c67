"""A table on paper: a PDF whose text can be taken out again, whatever script it is in."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from onward.platform.typesetting import Typesetter, printable

TYPESETTER = Typesetter("onward.domain.exchange.typesetting")
# Rows that are typeset at once: each takes some hundred kilobytes until its part is done.
PART = 1000
# So much of a cell is shown, in characters: a page must hold a row.
LONGEST = 600


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
        pages, _, pdf = TYPESETTER.run("set", given=json.dumps(said).encode()).partition(b"\n")
        parts.append(pdf)
        if len(some) < PART:
            break
        page += int(pages)
    yield parts[0] if len(parts) == 1 else _joined(parts)


def _joined(parts: Sequence[bytes]) -> bytes:
    lengths = json.dumps([len(part) for part in parts]).encode()
    return TYPESETTER.run("join", given=b"".join([lengths, b"\n", *parts]))


def _printable(text: str) -> str:
    shown = printable(text)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
