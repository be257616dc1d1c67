"""JSON as sources send it: read piece by piece, within limits, and mended where it is nearly JSON."""

import codecs
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import ijson

from onward.domain.ingestion.fetching import Body, Broken
from onward.domain.ingestion.sources.mending import mended

PIECE = 64 * 1024
# How deep a posting may be nested, and of how many values it may consist; what goes beyond is left out.
DEEPEST = 24
MOST_VALUES = 20_000
# Bytes that may come without one value being complete.
LONGEST = 32 * 1024 * 1024
# Bytes of a document that is read at once.
WHOLE = 8 * 1024 * 1024

Json = dict[str, Any] | list[Any] | str | int | Decimal | bool | None
Events = Iterator[tuple[str, Any]]

# What is believed of a source that says so. JSON is UTF-8, and so is nearly everything else.
_CHARSETS = ("iso8859", "cp125", "utf-16")
_FAULTS = (ijson.JSONError, ValueError, ArithmeticError)


class Listing:
    """The items of one list in a document, one by one.

    :param within: the member of the document's object that is the list; empty: the document is the list itself
    :ivar rest: the object's other members, as far as they have been read
    """

    def __init__(self, body: Body, within: str = "") -> None:
        self.rest: dict[str, Json] = {}
        self._body = body
        self._within = within

    def __iter__(self) -> Iterator[Json]:
        """Go through the items.

        :raises Broken: where the document ends too early, is no JSON, or has another shape
        """
        try:
            yield from self._items(_Pieces(mended(read_text(self._body))))
        except _FAULTS as problem:
            cut = "premature EOF" in str(problem)
            raise Broken("The answer is cut, or is not JSON." if cut else "The answer is not JSON.") from None

    def _items(self, pieces: "_Pieces") -> Iterator[Json]:
        events = iter(ijson.basic_parse(pieces, use_float=False, buf_size=PIECE))
        event, _ = next(events)
        if pieces.is_page:
            raise Broken("The answer is a page, not JSON.")
        if self._within:
            if event != "start_map":
                raise Broken("The answer must be an object.")
            yield from self._member(events, pieces)
        else:
            if event != "start_array":
                raise Broken("The answer must be a list.")
            yield from _elements(events, pieces)
        # What follows the document shows here.
        for _ in events:
            pass

    def _member(self, events: Events, pieces: "_Pieces") -> Iterator[Json]:
        found = False
        name = ""
        for event, value in events:
            if event == "map_key":
                name = value
            elif event == "end_map":
                break
            elif name != self._within:
                self.rest[name] = _built(event, value, events, pieces)
            elif event == "start_array":
                found = True
                yield from _elements(events, pieces)
            else:
                raise Broken(f"{self._within}: must be a list.")
        if not found:
            raise Broken(f"{self._within}: is missing from the answer.")


def document(body: Body) -> Json:
    """Return all of a short document at once.

    :raises Broken: when it is too long, or no JSON
    """
    raw = body.read(WHOLE + 1)
    if len(raw) > WHOLE:
        raise Broken(f"The answer is larger than {WHOLE >> 20} MB.")
    try:
        return parse("".join(_decoded(iter([raw]), body.charset)))
    except ValueError:
        raise Broken("The answer is cut, or is not JSON.") from None


def parse(text: str) -> Json:
    """Read an object or a list from a text, mended where it must be.

    :raises ValueError: when there is none
    """
    whole = "".join(mended(iter([text])))
    if whole.lstrip()[:1] not in ("{", "["):
        raise ValueError("not JSON")
    try:
        found: Json = json.loads(whole, strict=False, parse_float=Decimal)
    except (ArithmeticError, RecursionError):
        raise ValueError("not JSON") from None
    return found


def read_text(body: Body) -> Iterator[str]:
    """Read an answer's text from its beginning, whatever it is written in."""
    body.file.seek(0)
    return _decoded(iter(lambda: body.read(PIECE), b""), body.charset)


def _decoded(pieces: Iterator[bytes], charset: str) -> Iterator[str]:
    try:
        codec = codecs.lookup(charset or "utf-8").name
    except LookupError:
        codec = ""
    if not codec.startswith(_CHARSETS):
        # With or without a byte order mark.
        codec = "utf-8-sig"
    decoder = codecs.getincrementaldecoder(codec)("replace")
    for piece in pieces:
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


class _Pieces:
    """What the parser reads: UTF-8, whatever the source sent."""

    def __init__(self, text: Iterator[str]) -> None:
        self._text = text
        self.since = 0
        self.is_page = False
        self._is_first = True

    def read(self, size: int) -> bytes:
        if size == 0:
            return b""
        for piece in self._text:
            if piece:
                if self._is_first and piece.strip():
                    # What a program takes for text is a page that asks to sign in, or says that it has moved.
                    self.is_page = piece.lstrip()[:2] in ('"<', "<")
                    self._is_first = False
                self.since += len(piece)
                if self.since > LONGEST:
                    raise Broken(f"One value of the answer is larger than {LONGEST >> 20} MB.")
                return piece.encode()
        return b""


def _elements(events: Events, pieces: _Pieces) -> Iterator[Json]:
    for event, value in events:
        if event == "end_array":
            return
        yield _built(event, value, events, pieces)


def _built(event: str, value: Any, events: Events, pieces: _Pieces) -> Json:
    """Build one value of its events, without what lies too deep in it or is too much."""
    pieces.since = 0
    if event not in ("start_map", "start_array"):
        return value  # type: ignore[no-any-return]
    top: dict[str, Any] | list[Any] = {} if event == "start_map" else []
    # The containers that are being filled. What lies deeper than those is not kept.
    stack: list[Any] = [top]
    depth, name = 1, ""
    for count, (event, value) in enumerate(events):
        pieces.since = 0
        if event == "map_key":
            name = value
        elif event in ("end_map", "end_array"):
            if depth == len(stack):
                stack.pop()
            depth -= 1
            if depth == 0:
                break
        else:
            opens = event in ("start_map", "start_array")
            if depth == len(stack) and count <= MOST_VALUES and (depth < DEEPEST or not opens):
                made = ({} if event == "start_map" else []) if opens else value
                _put(stack[-1], name, made)
                if opens:
                    stack.append(made)
            depth += opens
    return top


def _put(container: Any, name: str, value: Any) -> None:
    if isinstance(container, dict):
        container[name] = value
    else:
        container.append(value)
