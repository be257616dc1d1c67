"""A text with its claims marked: each leads to the line of the résumé that it rests on."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """A piece of a text. :ivar source: the number of what it rests on, the first being 1; 0 for none"""

    text: str
    source: int = 0


def marked(text: str, sources: Sequence[Mapping[str, str]]) -> list[Piece]:
    """Cut a text where a claim begins or ends. A claim that stands there twice is marked once, a longer one first."""
    taken: list[tuple[int, int, int]] = []
    numbered = sorted(enumerate(sources, 1), key=lambda each: -len(each[1].get("claim", "")))
    for number, source in numbered:
        claim = source.get("claim", "")
        at = text.find(claim) if claim else -1
        while at >= 0 and any(at < end and begin < at + len(claim) for begin, end, _ in taken):
            at = text.find(claim, at + 1)
        if at >= 0:
            taken.append((at, at + len(claim), number))
    pieces: list[Piece] = []
    last = 0
    for begin, end, number in sorted(taken):
        if begin > last:
            pieces.append(Piece(text[last:begin]))
        pieces.append(Piece(text[begin:end], number))
        last = end
    if last < len(text):
        pieces.append(Piece(text[last:]))
    return pieces
