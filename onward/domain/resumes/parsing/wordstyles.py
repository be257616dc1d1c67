"""What a Word document says of its styles and its lists, apart from its text."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

# Those of the transitional dialect, then those of the strict one.
WORDPROCESSING = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
OFF = {"0", "false", "off"}
# Styles may be based on each other, and on themselves in damaged documents.
DEEPEST = 20
ROMAN_VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
ROMAN = dict(zip(("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"), ROMAN_VALUES, strict=True))

# A list, and how deep a paragraph is in it.
Level = tuple[str, str]


def local_name(element: Element) -> str:
    """Return what an element is called in Word's own vocabulary, or nothing."""
    tag = element.tag
    return next((tag[len(space) :] for space in WORDPROCESSING if tag.startswith(space)), "")


def attribute(element: Element | None, name: str) -> str:
    """Return one of Word's own attributes, or nothing."""
    if element is None:
        return ""
    return next((value for space in WORDPROCESSING if (value := element.get(space + name)) is not None), "")


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element that the path of names leads to."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local_name(inner) == name), None)
    return element


def is_on(element: Element | None) -> bool:
    """Return whether a switch is there and not switched off."""
    return element is not None and attribute(element, "val") not in OFF


def level(properties: Element | None) -> Level | None:
    """Return the list that paragraph properties name: an empty name when they name none."""
    numbering = child(properties, "numPr")
    if numbering is None:
        return None
    return attribute(child(numbering, "numId"), "val"), attribute(child(numbering, "ilvl"), "val") or "0"


def is_shaded(properties: Element | None) -> bool:
    """Return whether something stands on a colour of its own."""
    fill = attribute(child(properties, "shd"), "fill").upper()
    return fill not in {"", "AUTO", "FFFFFF"} or is_on(child(properties, "highlight"))


@dataclass(frozen=True)
class Style:
    """What a style says. Nothing said is what the style says that it is based on."""

    based_on: str = ""
    hidden: bool | None = None
    shaded: bool = False
    level: Level | None = None


def read_styles(root: Element) -> dict[str, Style]:
    """Return a document's styles by their names."""
    own = {attribute(style, "styleId"): _style(style) for style in root if local_name(style) == "style"}
    return {name: _inherited(style, own) for name, style in own.items()}


def _style(element: Element) -> Style:
    letters, paragraph = child(element, "rPr"), child(element, "pPr")
    vanish = child(letters, "vanish")
    return Style(
        based_on=attribute(child(element, "basedOn"), "val"),
        hidden=None if vanish is None else is_on(vanish),
        shaded=is_shaded(letters) or is_shaded(paragraph),
        level=level(paragraph),
    )


def _inherited(style: Style, styles: dict[str, Style]) -> Style:
    below = style
    for _ in range(DEEPEST):
        found = styles.get(below.based_on)
        if found is None:
            break
        below = found
        style = replace(
            style,
            hidden=below.hidden if style.hidden is None else style.hidden,
            shaded=style.shaded or below.shaded,
            level=style.level or below.level,
        )
    return style


@dataclass(frozen=True)
class Numbering:
    """How a level of a list is numbered. :ivar text: such as ``%1.%2.``"""

    group: str
    form: str
    text: str
    start: int


class Lists:
    """A document's lists, counted as its paragraphs come."""

    def __init__(self, root: Element | None) -> None:
        self._levels = dict(_levels(root)) if root is not None else {}
        self._counts: dict[tuple[str, int], int] = {}

    def mark(self, at: Level) -> str:
        """Return what stands before the next paragraph of a level, with a space behind it, or nothing."""
        numbering = self._levels.get(at)
        if at[0] == "0" or (numbering and (numbering.form == "none" or not numbering.text)):
            return ""
        if numbering is None or numbering.form == "bullet":
            return "• "
        depth = int(at[1])
        key = (numbering.group, depth)
        self._counts[key] = self._counts.get(key, numbering.start - 1) + 1
        for deeper in range(depth + 1, 9):
            self._counts.pop((numbering.group, deeper), None)
        text = numbering.text
        for above in range(depth + 1):
            form = self._levels.get((at[0], str(above)), numbering)
            count = self._counts.get((numbering.group, above), form.start)
            text = text.replace(f"%{above + 1}", _number(count, form.form))
        return f"{text} "


def _levels(root: Element) -> Iterator[tuple[Level, Numbering]]:
    groups: dict[str, list[tuple[str, Numbering]]] = {}
    for element in root:
        if local_name(element) == "abstractNum":
            group = attribute(element, "abstractNumId")
            levels = [inner for inner in element if local_name(inner) == "lvl"]
            groups[group] = [(attribute(inner, "ilvl"), _numbering(inner, group)) for inner in levels]
        elif local_name(element) == "num":
            group = attribute(child(element, "abstractNumId"), "val")
            for depth, numbering in groups.get(group, []):
                yield (attribute(element, "numId"), depth), numbering


def _numbering(element: Element, group: str) -> Numbering:
    start = attribute(child(element, "start"), "val")
    return Numbering(
        group=group,
        form=attribute(child(element, "numFmt"), "val") or "decimal",
        text=attribute(child(element, "lvlText"), "val"),
        start=int(start) if start.isdecimal() and len(start) < 6 else 1,
    )


def _number(count: int, form: str) -> str:
    match form:
        case "lowerLetter" | "upperLetter":
            letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count < 260 else str(count)
            return letters if form == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman":
            roman = _roman(count) if 0 < count < 4000 else str(count)
            return roman if form == "lowerRoman" else roman.upper()
        case "decimalZero":
            return f"{count:02}"
    return str(count)


def _roman(count: int) -> str:
    written = ""
    for letters, value in ROMAN.items():
        written += letters * (count // value)
        count %= value
    return written
