"""Descriptions: HTML that may be shown to anybody, and the same as plain text."""

import html
import re
from typing import Any

import nh3

from onward.domain.ingestion.cleaning import seen

# Bytes of what is kept.
LONGEST = 100 * 1024
# Characters that are looked at. Encoded twice, a text may be several times as long as it is shown.
MOST = 5 * LONGEST
# How often markup may have been encoded.
TIMES = 3

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
_PARAGRAPHS = re.compile(r"\n\s*\n")
_BLANK = re.compile(r"\n{3,}")
# As the sanitiser writes them: no value of an attribute holds a quotation mark.
_WRITTEN = re.compile(r'<(/?[a-z0-9]+)(?: [a-z]+="[^"]*")*>')
_TEXT_OF_TAGS = {"br": "\n", "hr": "\n", "li": "- "} | {f"/{name}": "\n" for name in _BLOCKS.split()}


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
    cleaned: str = _CLEANER.clean(markup).strip()
    while len(cleaned.encode()) > LONGEST:
        # Closing what was cut open adds a little.
        kept -= 1024
        cleaned = _CLEANER.clean(cleaned.encode()[:kept].decode(errors="ignore").rpartition("<")[0]).strip()
    return cleaned


def _plain(cleaned: str) -> str:
    text = _WRITTEN.sub(lambda tag: _TEXT_OF_TAGS.get(tag[1], ""), cleaned.replace("\n", " "))
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    plain = _BLANK.sub("\n\n", "\n".join(lines)).strip()
    return plain.encode()[:LONGEST].decode(errors="ignore")
