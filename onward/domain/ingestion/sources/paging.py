"""Lists that come in pages."""

from collections.abc import Callable, Iterator
from itertools import count

from onward.domain.ingestion.fetching import Body, Broken
from onward.domain.ingestion.sources.documents import Json, Listing

# Nobody has so many; who sends more sends the same again and again.
MOST_PAGES = 2000


def paged(
    ask: Callable[[int], Body], *, within: str = "", more: Callable[[Listing, int], bool], first: int = 0
) -> Iterator[Json]:
    """Go through the items of page after page.

    :param ask: gets a page by its number
    :param within: see :class:`Listing`
    :param more: says whether there is a page after one of so many items
    """
    before = b""
    for number in count(first):
        if number - first >= MOST_PAGES:
            raise Broken(f"The answer has more than {MOST_PAGES} pages.")
        with ask(number) as body:
            if body.digest == before:
                # A server that knows no pages gives the same for each.
                return
            before = body.digest
            listing = Listing(body, within)
            items = 0
            for item in listing:
                items += 1
                yield item
        if not more(listing, items):
            return
