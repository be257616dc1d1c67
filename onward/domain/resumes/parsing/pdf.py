"""PDF documents."""

import ctypes
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from onward.domain.resumes.parsing.bounds import LONGEST_TEXT, UNKNOWN, Unreadable, Words
from onward.domain.resumes.parsing.glyphs import GlyphNames
from onward.domain.resumes.parsing.sight import Box, Sight

MOST_PAGES = 50
# So many single letters in a row are a word that was set wide.
FEWEST_APART = 4
# How many lines beside a field are looked at for its label.
MOST_ON_A_LEVEL = 20
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
SOFT_HYPHEN = 0xAD
DASHES = {"-", "\u00ad", "\u2010", "\u2011"}
# What is filled in, and what somebody has typed onto the page.
FILLED = {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT}


class Item(NamedTuple):
    """A page object that draws letters.

    :ivar size: how high its letters are, from the lowest to the highest of the font, in points
    :ivar sideways: whether it is to be read with one's head on one's shoulder
    :ivar font: the address of its font
    """

    address: int
    pointer: Any
    size: float
    sideways: bool
    font: int


class Letter(NamedTuple):
    """One letter on a page.

    :ivar item: what draws it; nothing draws what the library puts between words and lines
    """

    text: str
    box: Box
    item: Item | None


# What stands between words, and between what is set apart in a line.
SPACE, GAP = Letter(" ", NOWHERE, None), Letter("\t", NOWHERE, None)
# From how much on, in parts of a letter's height, where the font changes and where it does not.
NARROW, MEDIUM, APART, WIDE = 0.1, 0.25, 0.45, 1.5


@dataclass
class Line:
    """One line of a page, and where it is."""

    letters: list[Letter] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(letter.text for letter in self.letters)

    @property
    def box(self) -> Box | None:
        """Where its letters are, when they are anywhere."""
        boxes = [letter.box for letter in self.letters if letter.item and letter.text.strip()]
        if not boxes:
            return None
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)


def read(content: bytes) -> Words:
    """Read what can be seen on the pages, fields that are filled in included.

    :raises Unreadable: when it is none, or locked
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        raise Unreadable("locked" if "password" in str(problem).lower() else "broken") from None
    document.init_forms()
    reader = _Reader(document)
    pages: list[str] = []
    for number in range(min(len(document), MOST_PAGES)):
        try:
            pages.append(reader.page(number))
        except pypdfium2.PdfiumError:
            continue
        if sum(map(len, pages)) > LONGEST_TEXT:
            break
    if len(document) > MOST_PAGES:
        reader.warnings.add("cut")
    return Words("\n".join(pages), frozenset(reader.warnings))


class _Reader:
    """Reads a document's pages, one after the other."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self.warnings: set[str] = set()
        self._document = document
        self._names = GlyphNames(document)
        self._sight = Sight()

    def page(self, number: int) -> str:
        """Return what can be seen on a page, in lines."""
        page = self._document[number]
        printed = None
        if _is_filled(page):
            printed = page.get_textpage().count_chars()
            # What fields show becomes a part of the page, as in print.
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
            page = self._document[number]
        self._sight.turn_to(page)
        text = page.get_textpage()
        count = min(text.count_chars(), LONGEST_TEXT)
        lines = _lines(self._seen(text, range(printed or count)))
        fields = _lines(self._seen(text, range(printed or count, count)))
        return "\n".join(line.text for line in _with_fields(lines, fields))

    def _seen(self, text: Any, places: range) -> Iterator[Letter]:
        letters = self._letters(text, places)
        for item, group in groupby(letters, key=lambda letter: letter.item):
            run = list(group)
            if item is None or self._sight.sees(
                item.pointer, item.size, [letter.box for letter in run if letter.text.strip()]
            ):
                yield from run
            elif any(letter.text.isalnum() for letter in run):
                self.warnings.add("hidden")

    def _letters(self, text: Any, places: range) -> Iterator[Letter]:
        item, last = None, Letter("", NOWHERE, None)
        for place in places:
            pointer = pdfium.FPDFText_GetTextObject(text, place)
            if not pointer:
                # What the library puts between words and lines.
                yield Letter(chr(pdfium.FPDFText_GetUnicode(text, place)), NOWHERE, None)
                continue
            if item is None or item.address != ctypes.addressof(pointer.contents):
                item = _item(text, place, pointer)
            box = _box(text, place)
            letter = Letter(self._written(text, place, item, box), box, item)
            # Some fonts call one hyphen by all its names at once.
            if not (
                letter.text in DASHES and last.text in DASHES and letter.box == last.box and letter.item == last.item
            ):
                yield letter
            if pdfium.FPDFText_IsHyphen(text, place):
                yield Letter("\n", NOWHERE, None)
            last = letter

    def _written(self, text: Any, place: int, item: "Item", box: Box) -> str:
        """Return what a glyph stands for."""
        code = pdfium.FPDFText_GetUnicode(text, place)
        drawn = box[3] > box[1]
        if pdfium.FPDFText_IsHyphen(text, place) or (code == SOFT_HYPHEN and drawn):
            return "-"
        if pdfium.FPDFText_HasUnicodeMapError(text, place) or code in {0, 0xFFFD}:
            if known := self._names.letters(item.pointer, code):
                return known
            if not drawn:
                return " "
            self.warnings.add("unmapped")
            return UNKNOWN
        letter = chr(code)
        return " " if letter.isspace() or code < 32 else letter


def _item(text: Any, place: int, pointer: Any) -> Item:
    loose = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, place, ctypes.byref(loose))
    sideways = abs(math.sin(pdfium.FPDFText_GetCharAngle(text, place))) > 0.7
    size = abs(loose.right - loose.left) if sideways else abs(loose.top - loose.bottom)
    font = pdfium.FPDFTextObj_GetFont(pointer)
    return Item(
        ctypes.addressof(pointer.contents), pointer, size, sideways, ctypes.addressof(font.contents) if font else 0
    )


def _box(text: Any, place: int) -> Box:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, place, *map(ctypes.byref, (left, right, bottom, top)))
    return left.value, bottom.value, right.value, top.value


def _is_filled(page: Any) -> bool:
    """Return whether something on a page was filled in or typed onto it."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind in FILLED:
            return True
    return False


def _lines(letters: Iterable[Letter]) -> list[Line]:
    """Return the lines that have something in them."""
    lines, last = [Line()], None
    # What the library has put between the last letter and the next.
    between: list[Letter] = []
    for letter in letters:
        if letter.item is None:
            between.append(letter)
            continue
        broken = any(white.text == "\n" for white in between)
        if last is not None and _goes_on_sideways(letter, last):
            lines[-1].letters.extend([SPACE] * (_distance(letter, last) > letter.item.size / 4))
        elif (broken and not _adjoins(letter, last)) or (last is not None and _is_below(letter, last)):
            lines.append(Line())
        else:
            lines[-1].letters.extend(_between(letter, last, is_apart=bool(between) and not broken, broken=broken))
        lines[-1].letters.append(letter)
        last, between = letter, []
    return [line for line in map(_set_close, lines) if line.text.strip()]


def _between(letter: Letter, last: Letter | None, *, is_apart: bool, broken: bool) -> list[Letter]:
    """Return what stands between two letters of a line: what is far apart is no one phrase.

    :param is_apart: whether the library has seen a space, which it does not always where a font ends
    :param broken: whether it has seen the end of a line; some pages it breaks at every letter and tells of no spaces
    """
    if last is None or last.item is None or letter.item is None:
        return [SPACE] * is_apart
    changes = letter.item.font != last.item.font
    gap = (letter.box[0] - last.box[2]) / max(letter.item.size, 1.0)
    if gap > (APART if changes else WIDE):
        return [GAP]
    seen = bool(last.text.strip()) and ((changes and gap > NARROW) or (broken and gap > MEDIUM))
    return [SPACE] * (is_apart or seen)


def _adjoins(letter: Letter, last: Letter | None) -> bool:
    """Return whether a letter stands right behind another on the same line."""
    if last is None or last.item is None or letter.item is None:
        return False
    shared = min(letter.box[3], last.box[3]) - max(letter.box[1], last.box[1])
    return shared > 0 and -NARROW < (letter.box[0] - last.box[2]) / max(letter.item.size, 1.0) < APART


def _is_below(letter: Letter, last: Letter) -> bool:
    """Return whether a letter begins a line. The library does not tell where one drawing ends and the next begins."""
    return letter.box[3] < last.box[1] and letter.box[0] < last.box[0]


def _goes_on_sideways(letter: Letter, last: Letter) -> bool:
    """Return whether a letter goes on in a line that runs up or down, each letter of which the library calls a line."""
    both = letter.item is not None and letter.item.sideways and last.item is not None and last.item.sideways
    return both and letter.box[0] < last.box[2] and last.box[0] < letter.box[2] and _distance(letter, last) < 72


def _distance(letter: Letter, last: Letter) -> float:
    return max(letter.box[1] - last.box[3], last.box[1] - letter.box[3])


def _set_close(line: Line) -> Line:
    """Take together letters that were set apart (``E X P E R I E N C E``) and keep the spaces between words.

    Only spaces that the library has put there are in question: it does so where there is much room.
    """
    words: list[list[Letter]] = []
    # What stands before each.
    before: list[list[Letter]] = []
    white: list[Letter] = []
    for is_white, letters in groupby(line.letters, key=lambda it: it is SPACE or it is GAP):
        if is_white:
            white = list(letters)
        else:
            words.append(list(letters))
            before.append(white)
            white = []
    closed: list[Letter] = []
    at = 0
    for short, group in groupby(words, key=lambda word: len(word) <= 2 and all(it.text.isalnum() for it in word)):
        run = list(group)
        gaps = [second[0].box[0] - first[-1].box[2] for first, second in pairwise(run)]
        spaced = short and len(run) >= FEWEST_APART and sum(len(word) == 1 for word in run) >= 0.75 * len(run)
        usual = sorted(gaps)[len(gaps) // 2] if spaced else 0.0
        closed += [*before[at], *run[0]]
        for place, (gap, word) in enumerate(zip(gaps, run[1:], strict=True), at + 1):
            closed += [SPACE] * (gap > 1.6 * usual) if spaced else before[place]
            closed += word
        at += len(run)
    return Line(closed)


def _with_fields(lines: list[Line], fields: list[Line]) -> list[Line]:
    """Put what was filled in where it is read: after the label on its left, or else between the lines around it."""
    if not fields:
        return lines
    # From the top of the page to its end, and where each stands among the lines.
    rows = sorted((-(box[1] + box[3]) / 2, place) for place, line in enumerate(lines) if (box := line.box))
    middles = [middle for middle, _ in rows]
    after: dict[int, list[Line]] = {}
    for line in fields:
        box = line.box
        if box is None:
            continue
        # Those whose middle is on a level with the field.
        level = rows[bisect_left(middles, -box[3]) : bisect_right(middles, -box[1])][:MOST_ON_A_LEVEL]
        labels = [(found[2], place) for _, place in level if (found := lines[place].box) and found[0] < box[0]]
        above = bisect_left(middles, -(box[1] + box[3]) / 2)
        place = max(labels)[1] if labels else rows[above - 1][1] if above else -1
        if labels:
            line.letters.insert(0, SPACE)
        after.setdefault(place, []).append(line)
    merged = [Line()]
    for place in range(-1, len(lines)):
        if place >= 0:
            merged.append(lines[place])
        for line in after.get(place, []):
            if line.letters[0] is SPACE:
                merged[-1].letters.extend(line.letters)
            else:
                merged.append(line)
    return merged[1:]
