"""Plain, bounded text out of whatever somebody pasted or a file gave.

Every expression here is linear, and no more than :data:`LIMIT` characters are ever read, so that hostile text costs
no more than a long résumé.
"""

import html
import re
import unicodedata
from collections.abc import Iterator

# A résumé of ten pages has as many.
LIMIT = 30_000
LINE_LIMIT = 2_000

BULLET = "•"
GAP = "   "

_MARKUP = re.compile(r"<(?:br|/?p|/?li|/?ul|/?ol|/?div|/?h[1-6]|/?tr|/?span|/?b|/?strong|/?em|/?body|/?html)\b", re.I)
_UNSEEN = re.compile(r"<(script|style|head)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_ITEM = re.compile(r"<li\b[^<>]{0,300}>", re.I)
_BREAK = re.compile(r"</?(?:br|p|ul|ol|li|div|h[1-6]|tr|table|section)\b[^<>]{0,300}>", re.I)
_TAG = re.compile(r"</?[a-z!][^<>]{0,300}>", re.I)
_RTF_GROUP = re.compile(
    r"\{\\(?:\*|fonttbl|colortbl|stylesheet|info|pict)[^{}]{0,4000}(?:\{[^{}]{0,400}\}[^{}]{0,400}){0,60}\}"
)
_RTF_BREAK = re.compile(r"\\(?:par|line|sect|page)\b ?")
_RTF_HEX = re.compile(r"\\'([0-9a-fA-F]{2})")
_RTF_WORD = re.compile(r"\\[a-zA-Z]{1,32}-?\d{0,10} ?|[{}]")
_LEAD = re.compile(r"^\s*(?:[•●▪◦‣∙·⁃■□▸►➢➤✓✔❖○*\uf000-\uf0ff–—-]|o(?=\s{2,}|\t|\s[A-Z]))+\s+")
# Markdown: what is written around words, and headings.
_MARKDOWN = (
    (re.compile(r"^(?: {0,3})#{1,6}[ \t]+", re.M), ""),
    (re.compile(r"!?\[([^\[\]\n]{1,200})\]\([^()\s]{0,300}\)"), r"\1"),
    (re.compile(r"~~[^~\n]{1,300}~~"), " "),
    (re.compile(r"\*\*([^*\n]{1,300})\*\*"), r"\1"),
    (re.compile(r"(?<!\w)__([^_\n]{1,300})__(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w*])\*([^\s*](?:[^*\n]{0,300}[^\s*])?)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_([^\s_](?:[^_\n]{0,300}[^\s_])?)_(?!\w)"), r"\1"),
    (re.compile(r"`{1,3}([^`\n]{1,300})`{1,3}"), r"\1"),
)
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_SENTENCE = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9•])")
_NO_END = re.compile(r"(?:\b(?:e\.g|i\.e|etc|approx|incl|vs|Mr|Mrs|Ms|Dr|St|Inc|Ltd|Co|Corp|No|Sr|Jr)|\b[A-Z])\.$")
# `… in Simulink and C. That …`: one letter ends a sentence where the next plainly begins one.
_ONE_LETTER = re.compile(r"(?:\b(?:and|or|in|with|of|for|using|as)|[,/]) [A-Z]\.$")
_BEGINS = re.compile(
    r"(?:That|This|These|Those|It|I|My|We|You|The|There|Then|And|But|As|With|Before|After|For|Since|Most|Your|While|To|In|At|On|An?|He|She|They)\b"
)
_CONTACT = re.compile(r"(?:https?://|www\.)\S{1,300}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_LETTER = re.compile(r"[^\W\d_]")


def plain(text: str) -> str:
    """Take away markup, control characters and typographic oddities; keep lines."""
    text = text[: LIMIT * 2]
    if text.lstrip()[:5].lower() == "{\\rtf":
        text = _from_rtf(text)
    if _MARKUP.search(text):
        text = _BREAK.sub("\n", _ITEM.sub(f"\n{BULLET} ", _UNSEEN.sub(" ", text)))
        text = html.unescape(_TAG.sub("", text))
    elif "&" in text:
        text = html.unescape(text)
    text = _without_markdown(text)
    text = unicodedata.normalize("NFKC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\u2019", "'").replace("\u2018", "'")
    text = text.replace("\u201c", '"').replace("\u201d", '"').replace("\u2010", "-").replace("\u2011", "-")
    if not text.isascii() or not text.isprintable():
        unseen = {
            c for c in set(text) if c not in "\n\t" and unicodedata.category(c) in _UNSEEN_CATEGORIES and not _symbol(c)
        }
        text = text.translate(dict.fromkeys(map(ord, unseen)))
    return text[:LIMIT]


def _without_markdown(text: str) -> str:
    """Take away the marks of Markdown, and with them what is struck through; a bullet stays one."""
    for mark, instead in _MARKDOWN:
        text = mark.sub(instead, text)
    return text


# Control, format (zero-width, direction), surrogate and unassigned characters.
_UNSEEN_CATEGORIES = {"Cc", "Cf", "Cs", "Cn", "Co"}


def _symbol(character: str) -> bool:
    # Word's symbol font writes its bullets into this private range.
    return "\uf000" <= character <= "\uf0ff"


def _from_rtf(text: str) -> str:
    text = _RTF_BREAK.sub("\n", _RTF_GROUP.sub("", text))
    text = _RTF_HEX.sub(lambda found: bytes([int(found[1], 16)]).decode("cp1252", "replace"), text)
    return _RTF_WORD.sub("", text)


def lines(text: str) -> list[str]:
    """Give the lines of plain text: bullets in one form, an empty string where lines were left blank.

    Lines without words are dropped: what is left of a binary file is no line. A wide gap stays three blanks wide, since
    it parts what stands left and right of it.
    """
    kept: list[str] = []
    for raw in _bounded(text):
        line = _BLANKS.sub(_gap, _LEAD.sub(f"{BULLET} ", raw.replace("\t", GAP))).strip()
        if not line:
            if kept and kept[-1]:
                kept.append("")
        elif _readable(line):
            kept.append(line)
    return kept


def _gap(blanks: re.Match[str]) -> str:
    return GAP if len(blanks[0]) >= len(GAP) else " "


def _bounded(text: str) -> Iterator[str]:
    """Give the lines, those longer than the limit in pieces that end at a blank where there is one."""
    for raw in text.split("\n"):
        rest = raw
        while len(rest) > LINE_LIMIT:
            end = max(rest.rfind(". ", 0, LINE_LIMIT) + 1, 0) or rest.rfind(" ", 0, LINE_LIMIT)
            end = end if end > 0 else LINE_LIMIT
            yield rest[:end]
            rest = rest[end:].lstrip()
        yield rest


def _readable(line: str) -> bool:
    letters = len(_LETTER.findall(line))
    if letters * 3 >= len(item(line).replace(" ", "")):
        return letters > 0
    return len(line) < 60 and any(c.isdigit() for c in line)


def sentences(line: str) -> list[str]:
    """Split a line or paragraph into its sentences."""
    found: list[str] = []
    for piece in _SENTENCE.split(line):
        if found and _NO_END.search(found[-1]) and not (_ONE_LETTER.search(found[-1]) and _BEGINS.match(piece)):
            found[-1] = f"{found[-1]} {piece}"
        elif piece.strip():
            found.append(piece.strip())
    return found


def item(line: str) -> str:
    """Give a line without its bullet."""
    return line.removeprefix(BULLET).strip()


def squeezed(text: str) -> str:
    """Give text in lower case with single blanks, for comparing."""
    return " ".join(text.lower().split())


def without_addresses(text: str) -> str:
    """Blank out mail and web addresses, keeping every other character where it is."""
    return _CONTACT.sub(lambda found: " " * len(found[0]), text)


def label(text: str, limit: int = 100) -> str:
    """Give what somebody typed as a name or title: its first line, without markup or sentence ends."""
    first = next((line for line in plain(text[: limit * 4]).split("\n") if line.strip()), "")
    words = " ".join(first.replace(BULLET, " ").split())
    # A dot may begin a name: `.NET Developer`.
    return words[:limit].lstrip(' ,;:!?-–—|<>{}[]"').rstrip(' .,;:!?-–—|<>{}[]"')
