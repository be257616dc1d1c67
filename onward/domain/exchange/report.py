"""A table on paper: a PDF whose text can be taken out again, whatever script it is in."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from threading import BoundedSemaphore

from onward.platform import deadlines

TYPESETTER = "onward.domain.exchange.typesetting"
# How long a part may take, in seconds.
LONGEST_WAIT = 60
# Rows that are typeset at once: each takes some hundred kilobytes until its part is done.
PART = 1000
# So much of a cell is shown, in characters: a page must hold a row.
LONGEST = 600
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Each may take 200 MB; others wait for their turn after every part.
_turns = BoundedSemaphore(1)


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
        pages, _, pdf = _child("set", json.dumps(said).encode()).partition(b"\n")
        parts.append(pdf)
        if len(some) < PART:
            break
        page += int(pages)
    yield parts[0] if len(parts) == 1 else _joined(parts)


def _joined(parts: Sequence[bytes]) -> bytes:
    lengths = json.dumps([len(part) for part in parts]).encode()
    return _child("join", b"".join([lengths, b"\n", *parts]))


def _child(what: str, given: bytes) -> bytes:
    """Have the typesetter do something.

    :raises subprocess.SubprocessError: when it cannot, or takes too long
    """
    command = [sys.executable, "-I", "-X", "utf8", "-m", TYPESETTER, what]
    # Files and not pipes: neither side can make the other wait.
    with _turns, tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.write(given)
        source.seek(0)
        subprocess.run(  # noqa: S603 (our own program, no word of a client's)
            command,
            stdin=source,
            stdout=target,
            stderr=subprocess.DEVNULL,
            timeout=deadlines.cut(LONGEST_WAIT),
            env={},
            cwd="/",
            check=True,
        )
        target.seek(0)
        return target.read()


def _printable(text: str) -> str:
    shown = _UNPRINTABLE.sub(" ", text)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
