"""Hacker News: the comments under the latest "Who is hiring?", one a company."""

import re
from collections.abc import Iterator
from typing import Any

from onward.domain.ingestion.cleaning import Unfit, identifier, instant, line, link, title
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Fetch
from onward.domain.ingestion.found import Found, Rejected
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.places import place, places
from onward.domain.ingestion.sources.documents import Listing
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.registry import address
from onward.domain.ingestion.sources.types import work_mode_of

_HIRING = re.compile(r"\bwho is hiring\b", re.IGNORECASE)
_FIRST_LINE = re.compile(r"<p>|<br ?/?>|\n", re.IGNORECASE)
_ADDRESS = re.compile(r"\(?\bhttps?://\S+|\(?\bwww\.\S+", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
# What stands between the bars and is neither the role nor the place.
_ASIDE = re.compile(
    r"^(?:on-?site|hybrid|remote|full[ -]?time|part[ -]?time|contract|visa|interns?|internships?"
    r"|[$€£].*|.*\b\d+\s?k\b.*"
    # A number of something; a role may begin with one, too.
    r"|\d[\d.,\s]*(?:(?:[%$€£+–—-]|(?:usd|eur|gbp|chf|cad|aud|h|hrs?|hours?|days?|people|employees)\b).*)?)$",
    re.IGNORECASE,
)


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read the latest thread."""
    thread = _latest(source, fetch)
    if thread:
        with fetch.page(address(source, f"/api/v1/items/{thread}")) as body:
            yield from each(Listing(body, "children"), _found)


def _latest(source: Entry, fetch: Fetch) -> str:
    search = address(source, "/api/v1/search_by_date", tags="story,author_whoishiring", hitsPerPage=5)
    with fetch.page(search) as body:
        hits = [Item(hit) for hit in Listing(body, "hits")]
    for hit in hits:
        number = hit.line("objectID")
        # The same people also ask who wants to be hired.
        if _HIRING.search(hit.line("title")) and number.isascii() and number.isdigit():
            return number
    return ""


def _found(comment: Item) -> Found | None:
    said: Any = comment.get("text")
    if said is None:
        # Somebody took it back.
        return None
    external_id = identifier(comment.get("id"))
    first = _FIRST_LINE.split(said, maxsplit=1)[0] if isinstance(said, str) else ""
    parts = [
        part for text in _TAG.sub(" ", first[:2000]).split("|") if (part := line(_ADDRESS.sub(" ", line(text, 1000))))
    ]
    if len(parts) < 2:
        raise Unfit("text: must begin with a company and a role.", external_id)
    named = [part for part in parts[1:] if not _ASIDE.match(part)]
    html, text = description(said)
    return Found(
        external_id=external_id,
        url=link(f"https://news.ycombinator.com/item?id={external_id}"),
        title=title(named[0] if named else parts[1], external_id, "text"),
        company=parts[0],
        places=places(*(place(part) for part in named[1:2])),
        work_mode=work_mode_of(*parts[1:]),
        description_html=html,
        description=text,
        posted_at=instant(comment.get("created_at")),
    )
