"""Word documents of today, in both dialects of Office Open XML."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from onward.domain.resumes.parsing.bounds import Unreadable, Words
from onward.domain.resumes.parsing.wordstyles import (
    Level,
    Lists,
    Style,
    attribute,
    child,
    is_on,
    is_shaded,
    level,
    local_name,
    read_styles,
)

LARGEST_PART = 20 * 1024 * 1024
MOST_AROUND = 6

RELATIONSHIPS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
# The same again, for programs that cannot show the first.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

WHITE = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# What was taken away or is shown elsewhere, and what properties were before a change that is still shown.
GONE = {"del", "moveFrom", "pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange"}
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(ElementTree.ParseError, ValueError, KeyError),
)
# What may have a colour of its own behind its letters.
COLOURED = {"tc", "txbxContent"}
# Half points: letters of less than two points are for machines.
SMALLEST = 4


@dataclass
class Frame:
    """An element that is open. :ivar hidden: nobody sees what is in it"""

    name: str
    hidden: bool


@dataclass
class Paragraph:
    """A paragraph that is open.

    :ivar goes_on: its end is gone: the next one goes on in its line
    :ivar unseen: something in it is not shown
    """

    parts: list[str] = field(default_factory=list)
    level: Level | None = None
    shaded: bool = False
    goes_on: bool = False
    unseen: bool = False


def read(content: bytes) -> Words:
    """Read a Word document as it is shown: heads, text, notes, feet.

    :raises Unreadable: when it is none, or locked
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Document(archive).words()
    except DAMAGE:
        raise Unreadable("broken") from None
    except RuntimeError as problem:
        raise Unreadable("locked" if "password" in str(problem) else "broken") from None


class _Document:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._main = min(name for name in self._names if re.fullmatch(r"word/document\d{0,3}\.xml", name))
        styles, lists = self._root("word/styles.xml"), self._root("word/numbering.xml")
        self._styles = read_styles(styles) if styles is not None else {}
        self._lists = Lists(lists)
        # Parts by their relationship's name, and those that sections name.
        self._targets = self._relationships()
        self._around: dict[str, list[str]] = {"header": [], "footer": []}
        self._noted: set[str] = set()
        self._hidden = False
        self._drawn = any(
            sign in self._markup(name)
            for name in sorted(self._names)
            if name == self._main or re.fullmatch(r"word/header\d{0,3}\.xml", name)
            for sign in (b":drawing", b":pict", b":background")
        )

    def words(self) -> Words:
        """Return the text of all parts that are shown."""
        text = "".join(self._lines(self._main))
        if not self._targets:
            # A document that names no parts is put together by hand: what is there is meant.
            for kind, names in self._around.items():
                names.extend(sorted(name for name in self._names if re.fullmatch(rf"word/{kind}\d{{0,3}}\.xml", name)))
        notes = [f"word/{kind}s.xml" for kind in ("footnote", "endnote") if kind in self._noted]
        heads, feet = self._around["header"][:MOST_AROUND], self._around["footer"][:MOST_AROUND]
        parts = [*("".join(self._lines(name)) for name in heads), text]
        parts += ["".join(self._lines(name)) for name in [*notes, *feet] if name in self._names]
        return Words("\n".join(parts), frozenset({"hidden"} if self._hidden else ()))

    def _markup(self, name: str) -> bytes:
        with self._archive.open(name) as part:
            markup = part.read(LARGEST_PART + 1)
        # Word writes no document type; whoever does wants entities that grow.
        if len(markup) > LARGEST_PART or b"<!DOCTYPE" in markup[:4096] or b"<!ENTITY" in markup:
            raise Unreadable("broken")
        return markup

    def _root(self, name: str) -> Element | None:
        if name not in self._names:
            return None
        return ElementTree.fromstring(self._markup(name))  # noqa: S314 (limited)

    def _relationships(self) -> dict[str, str]:
        root = self._root(f"word/_rels/{posixpath.basename(self._main)}.rels")
        if root is None:
            return {}
        return {item.get("Id", ""): posixpath.normpath(f"word/{item.get('Target', '')}") for item in root}

    def _lines(self, name: str) -> Iterator[str]:
        """Return a part's paragraphs, each with its line's end; those of a text box stand before what it is tied to."""
        frames = [Frame("", hidden=False)]
        paragraphs: list[Paragraph] = [Paragraph()]
        # For each field that is open, whether its result is reached.
        fields: list[bool] = []
        events = ElementTree.iterparse(io.BytesIO(self._markup(name)), events=("start", "end"))  # noqa: S314 (limited)
        for event, element in events:
            called = local_name(element)
            if event == "start":
                hidden = frames[-1].hidden or called in GONE or element.tag == FALLBACK
                # The line between text and notes is a note, too, with a type.
                hidden = hidden or (called in {"footnote", "endnote"} and bool(attribute(element, "type")))
                frames.append(Frame(called, hidden))
                if called == "p":
                    paragraphs.append(Paragraph())
                continue
            frame = frames.pop()
            if frame.hidden and called == "t":
                paragraphs[-1].unseen = True
            elif not frame.hidden or called == "p":
                if called == "fldChar":
                    _follow(fields, attribute(element, "fldCharType"))
                elif called in {"t", "sym", *WHITE} and frames[-1].name == "r":
                    if all(fields):
                        paragraphs[-1].parts.append(_written(called, element))
                elif called == "p":
                    yield self._line(paragraphs.pop(), hidden=frame.hidden)
                else:
                    self._apply(called, element, frames, paragraphs[-1])
            if called in {"p", "tbl", "sdt"}:
                element.clear()

    def _apply(self, called: str, element: Element, frames: list[Frame], paragraph: Paragraph) -> None:
        """Take note of properties, which stand before what they are about."""
        match called:
            case "rPr" if frames[-1].name == "r":
                if self._is_hidden(element, frames, paragraph):
                    frames[-1].hidden = self._hidden = True
                elif attribute(child(element, "rStyle"), "val") == "PlaceholderText":
                    frames[-1].hidden = any(frame.name == "sdt" for frame in frames)
            case "rPr" if frames[-1].name == "pPr":
                paragraph.goes_on = is_on(child(element, "vanish")) or child(element, "del") is not None
            case "pPr":
                named = attribute(child(element, "pStyle"), "val")
                style = self._styles.get(named, Style())
                by_name = ("", "0") if not self._styles and named.startswith(("ListBullet", "ListNumber")) else None
                own = level(element)
                if own is not None and not own[0] and style.level:
                    own = style.level[0], own[1]
                paragraph.level = own or style.level or by_name
                paragraph.shaded = is_shaded(element) or style.shaded
                if style.hidden:
                    frames[-1].hidden = self._hidden = True
            case "sdtPr":
                # The prompt of a field that nobody has filled in.
                frames[-1].hidden = frames[-1].hidden or is_on(child(element, "showingPlcHdr"))
            case "sectPr":
                self._note_parts(element)
            case "footnoteReference" | "endnoteReference":
                self._noted.add(called.removesuffix("Reference"))

    def _is_hidden(self, properties: Element, frames: list[Frame], paragraph: Paragraph) -> bool:
        vanish, style = child(properties, "vanish"), self._styles.get(attribute(child(properties, "rStyle"), "val"))
        if is_on(vanish) or (vanish is None and style is not None and style.hidden):
            return True
        size = attribute(child(properties, "sz"), "val")
        if size.isdecimal() and len(size) < 5 and int(size) < SMALLEST:
            return True
        # White letters are hidden where nothing of the document could be behind them but its page.
        white = attribute(child(properties, "color"), "val").upper() == "FFFFFF"
        shaded = is_shaded(properties) or paragraph.shaded or (style is not None and style.shaded)
        return white and not (shaded or self._drawn or any(frame.name in COLOURED for frame in frames))

    def _note_parts(self, section: Element) -> None:
        """Remember the heads and feet of a section's pages."""
        kinds = ["first", "default"] if is_on(child(section, "titlePg")) else ["default"]
        for kind in kinds:
            for element in section:
                part = local_name(element).removesuffix("Reference")
                if part in self._around and (attribute(element, "type") or "default") == kind:
                    named = next(
                        (element.get(f"{space}id") for space in RELATIONSHIPS if element.get(f"{space}id")), ""
                    )
                    target = self._targets.get(named or "", "")
                    if target in self._names and target not in self._around[part]:
                        self._around[part].append(target)

    def _line(self, paragraph: Paragraph, *, hidden: bool) -> str:
        text = "".join(paragraph.parts)
        if hidden or (paragraph.unseen and not text.strip()):
            return ""
        mark = self._lists.mark(paragraph.level) if paragraph.level and text.strip() else ""
        return mark + text + ("" if paragraph.goes_on else "\n")


def _follow(fields: list[bool], event: str) -> None:
    """Keep track of fields: what computes them is written before what they show."""
    if event == "begin":
        fields.append(False)
    elif fields and event == "separate":
        fields[-1] = True
    elif fields:
        fields.pop()


def _written(called: str, element: Element) -> str:
    if called == "t":
        return re.sub(r"\s", " ", element.text or "")
    if called == "sym":
        code = attribute(element, "char")
        number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0x20
        # Fonts of signs have theirs in a place for private use, with or without saying so.
        return chr(number | 0xF000 if number < 0x100 else number)
    return WHITE[called]
