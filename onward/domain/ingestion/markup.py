"""Descriptions: HTML that may be shown to anybody, and the same as plain text."""

import html
import re
from itertools import islice
from typing import Any

import nh3

from onward.domain.ingestion.cleaning import seen

# Bytes of what is kept.
LONGEST = 100 * 1024
# Characters that are looked at. Encoded twice, a text may be several times as long as it is shown.
MOST = 5 * LONGEST
# How often markup may have been encoded.
TIMES = 3
# Tags that are heeded; what comes after them is text. How long a sanitiser takes grows with the square of the depth.
MOST_TAGS = 4000

_BLOCKS = (
    "address article aside blockquote dd div dl dt figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section table tr ul"
)
_WITHIN = "a abbr b br code em i s small span strong sub sup tbody td th thead tfoot u"
_SHOWN = {*_BLOCKS.split(), *_WITHIN.split()}
_CLEANER = nh3.Cleaner(
    tags=_SHOWN,
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow noopener noreferrer",
)
_NAMES = "|".join(
    sorted(_SHOWN | {"html", "body", "head", "img", "script", "style", "iframe", "svg", "object", "form"})
)
_TAG = re.compile(rf"</?(?:{_NAMES})\b", re.IGNORECASE)
_ENCODED_TAG = re.compile(rf"&(?:amp;)*(?:lt|#0*60|#x0*3c);/?(?:{_NAMES})\b", re.IGNORECASE)
_OPENS = re.compile(r"<[a-zA-Z]")
_ANY_TAG = re.compile(r"<[^<>]*>")
_PARAGRAPHS = re.compile(r"\n\s*\n")
_BLANK = re.compile(r"\n{3,}")
# At the end of what was cut: a piece of a tag, or of a sign that is written as a word.
_CUT_OPEN = re.compile(r"<[^<>]*\Z|&[a-z]*\Z")
# As the sanitiser writes them: no value of an attribute holds a quotation mark.
_WRITTEN = re.compile(r'<(/?[a-z0-9]+)(?: [a-z]+="[^"]*")*>')
# A block begins a line, where none has just begun, and ends one.
_BEGIN = "\r"
_TEXT_OF_TAGS = (
    dict.fromkeys(_BLOCKS.split(), _BEGIN)
    | {f"/{name}": "\n" for name in _BLOCKS.split()}
    | {"br": "\n", "hr": "\n", "li": f"{_BEGIN}- ", "/td": " ", "/th": " "}
)
_ITEM = re.compile(r"\r- [ \r]+")
_BEGUN = re.compile(r"(^|\n)[ \r]+")
_BEGINS = re.compile(r"\r[ \r]*")


def description(value: Any) -> tuple[str, str]:
    """Return a description as sanitised HTML and as plain text; both empty when there is none.

    Markup that was encoded as text, once or more often, is markup here.
    """
    if not isinstance(value, str):
        return "", ""
    text = seen(value[:MOST])
    for _ in range(TIMES):
        if not _ENCODED_TAG.search(text):
            break
        text = html.unescape(text)
    cleaned = _cleaned(seen(text) if _TAG.search(text) else _paragraphs(text))
    return cleaned, _plain(cleaned)


def _paragraphs(text: str) -> str:
    parts = _PARAGRAPHS.split(html.escape(html.unescape(text).strip(), quote=False))
    return "".join("<p>" + "<br>".join(part.strip().splitlines()) + "</p>" for part in parts if part.strip())


def _cleaned(markup: str) -> str:
    kept = LONGEST
    cleaned: str = _CLEANER.clean(_with_few_tags(markup)).strip()
    while (excess := len(cleaned.encode()) - LONGEST) > 0:
        # Closing what was cut open adds a little, or much.
        kept -= 1024 if kept == LONGEST else max(1024, excess)
        cleaned = _CLEANER.clean(_CUT_OPEN.sub("", cleaned.encode()[:kept].decode(errors="ignore"))).strip()
    return cleaned


def _with_few_tags(markup: str) -> str:
    last = next(islice(_OPENS.finditer(markup), MOST_TAGS, None), None)
    if last is None:
        return markup
    return markup[: last.start()] + _ANY_TAG.sub(" ", markup[last.start() :]).replace("<", "&lt;")


def _plain(cleaned: str) -> str:
    text = _WRITTEN.sub(lambda tag: _TEXT_OF_TAGS.get(tag[1], ""), cleaned.replace("\n", " ").replace("\r", " "))
    text = _BEGINS.sub("\n", _BEGUN.sub(r"\1", _ITEM.sub("\r- ", text)))
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    plain = _BLANK.sub("\n\n", "\n".join(lines)).strip()
    return plain.encode()[:LONGEST].decode(errors="ignore")
