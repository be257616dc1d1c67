"""A JSON array of objects as rows of text: what one object calls a value is its column."""

import json
from typing import Any, NoReturn

from onward.domain.exchange.importing.grid import MAX_COLUMNS, MAX_ROWS, Line, refuse, too_long

# Objects, and lists, in a file.
MOST_NESTED = 10 * MAX_ROWS


class Other(str):
    """A value that is neither text nor a number, as JSON; it stands in no cell that is meant to be text."""

    __slots__ = ()


def is_json(source: bytes) -> bool:
    """Whether a file is meant as JSON: it begins as an array or an object does."""
    return source[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"[", b"{"}


def lines(source: bytes) -> list[Line]:
    """Read an array. The first row is the header, which JSON has not; so the first object is row 2, as in a sheet.

    :raises Invalid: when it is no array, or larger than we read
    """
    # Each takes some hundred bytes when it is read.
    if max(source.count(b"{"), source.count(b"[")) > MOST_NESTED:
        raise too_long()
    try:
        items = json.loads(source.decode("utf-8-sig"), parse_constant=_refused)
    except (ValueError, RecursionError):
        raise refuse("This is no JSON array that can be read.") from None
    if not isinstance(items, list):
        raise refuse("The file must be a JSON array of objects.")
    if len(items) > MAX_ROWS:
        raise too_long()
    names: dict[str, int] = {}
    found = [_line(number, item, names) for number, item in enumerate(items, start=2)]
    return [Line(1, list(names)), *found]


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _line(number: int, item: Any, names: dict[str, int]) -> Line:
    if not isinstance(item, dict):
        return Line(number, [_text(item)], problem="it is no object")
    item = {name.encode("utf-8", "replace").decode(): value for name, value in item.items()}
    for name in item:
        names.setdefault(name, len(names))
    if len(names) > MAX_COLUMNS:
        raise refuse(f"The objects have more than {MAX_COLUMNS} names for their values.")
    cells = [""] * len(names)
    for name, value in item.items():
        cells[names[name]] = _text(value)
    return Line(number, cells)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        # A half of a sign is none.
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return Other(json.dumps(value))
