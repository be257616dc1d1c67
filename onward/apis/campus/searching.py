"""Pages of what a search of the forums has found, each with a piece of its text."""

import html
import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from onward.apis.base import answer
from onward.apis.paging import Pages
from onward.domain.writing.queries import search
from onward.platform.markdown import text_of
from onward.platform.refusals import Missing
from onward.platform.search import folded
from onward.platform.search.terms import terms
from onward.platform.wire import Listing

# Characters of a piece, and how many of them stand before the word that was found.
LONGEST, BEFORE = 240, 80
# Enough of the beginning of a word to find it with any ending.
BEGINNING = 3


class Found(Pages):
    """Pages of threads and posts that have every word that is looked for, the newest first."""

    def page(
        self, request: HttpRequest, listing: Listing, asked: Mapping[str, Any], filters: dict[str, Any], **values: Any
    ) -> tuple[HttpResponse, bool]:
        """Return the page that is asked for.

        :raises Missing: when there is no such page
        """
        number, size = self.asked(request)
        words = search.looked_for(asked["search"])
        found = listing.page(limit=size, offset=(number - 1) * size, keys=search.numbers(words), **values)
        if number > 1 and (number - 1) * size >= found.total:
            raise Missing("Invalid page.")
        rows = json.loads(found.rows)
        for row in rows:
            row["snippet"] = snippet(text_of(row["snippet"]), words)
        document = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        return answer(self.envelope(request, count=found.total, rows=document)), not found.total


def snippet(text: str, words: list[str]) -> str:
    """Return a piece of a text in which one of these terms stands, or its beginning, escaped for HTML."""
    at = _place(text, set(words))
    start = 0 if at <= BEFORE else text.find(" ", at - BEFORE, at) + 1 or at - BEFORE
    piece = text[start : start + LONGEST]
    if start + LONGEST < len(text):
        piece = piece.rsplit(" ", 1)[0] + "…"
    return html.escape(f"{'…' if start else ''}{piece}", quote=False)


def _place(text: str, words: set[str]) -> int:
    """Return where the first of these terms stands; 0 where none does."""
    beginnings = tuple(word[:BEGINNING] for word in words)
    at = 0
    for word in text.split(" "):
        small = folded(word)
        if any(beginning in small for beginning in beginnings) and not words.isdisjoint(terms(word)):
            # A script without spaces is one word from end to end.
            return at + max(0, min((small.find(one) for one in words if one in small), default=0))
        at += len(word) + 1
    return 0
