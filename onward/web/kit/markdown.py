"""What people write, as Markdown: shown as they meant it, and inert."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
_TAGS = "p br hr ul ol li strong em s code pre blockquote h1 h2 h3 h4 h5 h6 a table thead tbody tr th td"
_CLEANER = nh3.Cleaner(
    tags=frozenset(_TAGS.split(" ")),
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow noopener noreferrer",
)
# What stands at the head of a note is no heading of the page.
_LOWER = {f"{end}h{level}>": f"{end}h{min(level + 3, 6)}>" for level in range(1, 7) for end in ("<", "</")}


def render(text: str) -> Markup:
    """Return what a text looks like."""
    html = _CLEANER.clean(_MARKDOWN.render(text))
    for level in range(6, 0, -1):
        for end in ("<", "</"):
            html = html.replace(f"{end}h{level}>", _LOWER[f"{end}h{level}>"])
    return Markup(html)  # noqa: S704 - it has been cleaned
