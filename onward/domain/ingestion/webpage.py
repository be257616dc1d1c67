"""What a web page tells programs: data in its scripts, its language, and which page comes next. The rest is left out.

Parsing a page takes time that grows with the square of how deep its elements are nested, and whoever wrote it decides
that. What matters here stands in tags that are found one after another, in one pass.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

DATA = "application/ld+json"
# Links that may lead to the next page.
MOST_LINKS = 20
# Without "<", so that one that does not end is given up at the next tag.
_ATTRIBUTES = r"""(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+>"""
_PART = re.compile(
    r"<!--.*?(?:-->|\Z)"
    rf"|(?P<script><script\b{_ATTRIBUTES}).*?(?:</script|\Z)"
    rf"|(?P<page><html\b{_ATTRIBUTES})"
    rf"|(?P<link><(?:link|a)\b{_ATTRIBUTES})",
    re.DOTALL | re.IGNORECASE,
)


class WebPage:
    """What a page tells programs.

    :ivar language: what it says it is written in, as it says so; empty when it does not say
    :ivar following: the address of the page that comes next, as it stands there; empty when there is none
    """

    def __init__(self, html: str) -> None:
        page = LexborHTMLParser(_told_to_programs(html))
        following = page.css_first('link[rel="next"], a[rel="next"]')
        self.language = _attribute(page.root, "lang")
        self.following = _attribute(following, "href")
        # Its type may be followed by parameters.
        self._scripts = page.css(f'script[type^="{DATA}" i]')

    def documents(self) -> list[str]:
        """Return the text of each script that holds data, in their order."""
        return [script.text(deep=True).strip().removesuffix(";") for script in self._scripts]


def _told_to_programs(html: str) -> str:
    language = ""
    links: list[str] = []
    scripts: list[str] = []
    for part in _PART.finditer(html):
        match part.lastgroup:
            case "script" if DATA in part["script"].lower():
                scripts.append(f"{part[0]}>")
            case "page":
                language = language or part[0]
            case "link" if "next" in part[0].lower() and len(links) < MOST_LINKS:
                links.append(part[0])
    return "".join((language, *links, *scripts))


def _attribute(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "") if node else ""
