"""Markdown as HTML that a page can show as it is: one renderer for everything that people write.

Markup of the writer's own is text. What is left is a short list of tags; links lead to the web and to mail, and
pictures are links, so that nothing is loaded from elsewhere by who only reads.
"""

import html
import re
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

# Seconds of the processor that reading one text may take. Some patterns take time by the square of their length.
LONGEST = 0.4
# Lists and quotations within each other.
DEEPEST = 20
_TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("strong", "em", "s", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_CLOCK = "clock"
_LINK = re.compile(r"(?:https?://|mailto:)", re.I)
# Tags as the cleaner writes them, and at the end of what was cut a piece of one, or of a sign written as a word.
_WRITTEN = re.compile(r'<(/?[a-z0-9]+)(?: [a-z]+="[^"]*")*>')
_CUT_OPEN = re.compile(r'<(?:[^"<>]|"[^"]*(?:"|\Z))*\Z|&[a-z0-9#]*\Z')
_WITHIN = {"strong", "em", "s", "a", "code"}
_ADDRESS = re.compile(r"https?://[^\s<>\"'`]{1,2000}", re.I)


class _TooSlow(Exception):
    """The text takes longer than it may."""


def html_of(text: str, *, seconds: float = LONGEST, clock: Callable[[], float] = time.thread_time) -> str:
    """Return Markdown as HTML.

    A text that takes too long comes back as plain text with its line breaks.

    :param clock: tells the time in seconds
    """
    until = clock() + seconds

    def check() -> None:
        if clock() > until:
            raise _TooSlow

    try:
        rendered = _MARKDOWN.render(text, {_CLOCK: check})
    except (_TooSlow, RecursionError):
        return "<p>{}</p>".format(html.escape(text, quote=False).replace("\n", "<br>\n"))
    return _CLEANER.clean(rendered)


def text_of(rendered: str) -> str:
    """Return the words of what `html_of` has made, in one line. :param rendered: it, or its beginning"""
    text = _WRITTEN.sub(lambda tag: "" if tag[1].removeprefix("/") in _WITHIN else " ", _CUT_OPEN.sub("", rendered))
    return " ".join(html.unescape(text).split())


def _clock_of_blocks(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (as it is called)
    state.env[_CLOCK]()
    return False


def _clock_of_inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (as it is called)
    state.env[_CLOCK]()
    return False


def _picture(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """Write a picture as a link to it."""
    token = tokens[at]
    address = str(token.attrGet("src") or "")
    name = self.renderInlineAsText(token.children or [], options, env) or address
    return f'<a href="{html.escape(address)}">{html.escape(name)}</a>'


def _link_addresses(state: StateCore) -> None:
    """Make links of addresses that stand in the text. Their own rule for it takes minutes for some patterns."""
    for block in state.tokens:
        if block.type == "inline" and block.children and "://" in block.content:
            block.children = list(_with_links(block.children))


def _with_links(tokens: Sequence[Token]) -> Iterator[Token]:
    within = 0
    for token in tokens:
        within += token.nesting if token.type.startswith("link_") else 0
        if token.type != "text" or within:
            yield token
            continue
        end = 0
        for found in _ADDRESS.finditer(token.content):
            address = found[0].rstrip(".,;:!?*_)")
            yield Token("text", "", 0, content=token.content[end : found.start()])
            yield Token("link_open", "a", 1, attrs={"href": address})
            yield Token("text", "", 0, content=address)
            yield Token("link_close", "a", -1)
            end = found.start() + len(address)
        yield Token("text", "", 0, content=token.content[end:])


def _made() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST})
    made.enable(["table", "strikethrough"])
    made.core.ruler.push("addresses", _link_addresses)
    # A program has this as an attribute to be replaced.
    made.validateLink = lambda url: _LINK.match(url) is not None  # type: ignore[method-assign]
    # First in their chains, so that they are asked at every step.
    made.block.ruler.before("table", _CLOCK, _clock_of_blocks)
    made.inline.ruler.before("text", _CLOCK, _clock_of_inline)
    made.add_render_rule("image", _picture)
    return made


_MARKDOWN = _made()
_CLEANER = nh3.Cleaner(
    tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="nofollow ugc noopener", strip_comments=True
)
