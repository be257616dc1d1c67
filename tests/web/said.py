"""What of a page does not go through gettext: read in the made-up language in which every sentence is marked."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from babel import Locale

TOLD = {"title", "aria-label", "placeholder", "alt", "label"}
# What is not read by people, or is the same in every language: keys, codes, zones, a bookmark's script.
NOT_READ = {"script", "style", "kbd", "code"}
NAMED = {"select#id_timezone", "textarea#bookmark"}
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NAMES = {
    "Onward",
    "CSV",
    "Excel",
    "Tracker",
    "Offers",
    "Copilot",
    "Campus",
    "Outreach",
    "LinkedIn",
    "Indeed",
    "Glassdoor",
}
LETTER = re.compile(r"[^\W\d_]")
_ENGLISH = Locale("en", "GB")
_DAYS = "|".join(_ENGLISH.days["format"]["wide"].values())
_MONTHS = "|".join((*_ENGLISH.months["format"]["abbreviated"].values(), *_ENGLISH.months["format"]["wide"].values()))
# Days and money, which Babel writes.
WRITTEN = re.compile(rf"\b({_DAYS}|\d+ ({_MONTHS})( \d{{4}})?|[\d,–]+ [A-Z]{{3}})\b")
PIECES = re.compile(r" · |[“”\n]|[:;,] ")
ENDS = " .,:;·—–()…?!*"


class Reader(HTMLParser):
    """Collects what people read of a page: texts, and attributes that are told."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.told: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag, attributes):
        self._tell(tag, attributes)
        if tag not in EMPTY:
            self._within.append(self._mark(tag, attributes))

    def handle_startendtag(self, tag, attributes):
        self._tell(tag, attributes)

    def handle_endtag(self, tag):
        if tag not in EMPTY and self._within:
            self._within.pop()

    def handle_data(self, data):
        if not any(mark.partition("#")[0] in NOT_READ or mark in NAMED for mark in self._within):
            self.texts.append(data)

    def _mark(self, tag, attributes):
        named = dict(attributes)
        # The letters of a company's name.
        return "code" if "monogram" in named.get("class", "") else f"{tag}#{named.get('id', '')}"

    def _tell(self, tag, attributes):
        for name, value in attributes:
            # Sentences that modules say stand in attributes, too.
            if value and (name in TOLD or (name.startswith("data-") and re.search(r"[a-z] [a-z]", value))):
                self.told.append(value)


def unmarked(html: str, known: set[str]) -> Iterator[str]:
    """Return what people read of a page that is neither marked nor known.

    :param known: what is the person's own: whole values, and of long ones what stands in them
    """
    reader = Reader()
    reader.feed(html)
    known = known | {part for value in known for part in pieces(value)} | NAMES
    long = "\n".join(value for value in known if len(value) > 40)
    # A sentence may go on over several elements.
    for text in ("\n".join(reader.texts), *reader.told):
        for piece in pieces(outside(text)):
            if LETTER.search(piece) and piece not in known and not (len(piece) > 12 and piece in long):
                yield piece


def pieces(text: str) -> list[str]:
    """Return what stands beside each other in a text."""
    return [re.sub(r"\s+", " ", piece).strip(ENDS) for piece in PIECES.split(WRITTEN.sub("", text))]


def outside(text: str) -> str:
    """Return a text without what is marked; a sentence may stand in another."""
    kept, depth = [], 0
    for sign in text:
        depth += sign == "["
        if not depth:
            kept.append(sign)
        depth -= sign == "]" and depth > 0
    return "".join(kept)
