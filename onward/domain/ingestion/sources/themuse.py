"""The Muse: openings of many companies, twenty a page."""

from collections.abc import Iterator

from onward.domain.ingestion.cleaning import identifier, instant, link, title
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Body, Fetch
from onward.domain.ingestion.found import Found, Rejected
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.places import place, places
from onward.domain.ingestion.sources.documents import Json, Listing
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.paging import paged
from onward.domain.ingestion.sources.registry import address
from onward.domain.ingestion.sources.types import is_internship, work_mode_of

# It has thousands; the rest is left to those who look for it there.
PAGES = 100


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read the feed."""
    number = 0

    def page(asked: int) -> Body:
        nonlocal number
        number = asked
        return fetch.page(address(source, "/api/public/jobs", page=asked))

    def more(listing: Listing, items: int) -> bool:
        return items > 0 and number + 1 < min(_count(listing.rest.get("page_count")), PAGES)

    yield from each(paged(page, within="results", more=more), _found)


def _count(value: Json) -> int:
    # Where it does not say, its pages end with an empty one.
    return value if isinstance(value, int) and not isinstance(value, bool) else PAGES


def _found(job: Item) -> Found:
    external_id = identifier(job.get("id"))
    html, text = description(job.get("contents"))
    levels = [level.line("name", "short_name") for level in job.items("levels")]
    where = [one.line("name") for one in job.items("locations")]
    return Found(
        external_id=external_id,
        url=link(job.get("refs.landing_page")),
        title=title(job.get("name"), external_id, "name"),
        company=job.line("company.name"),
        places=places(*map(place, where)),
        work_mode=work_mode_of(*where),
        internship=is_internship(" ".join(levels)),
        description_html=html,
        description=text,
        department=next((name for one in job.items("categories") if (name := one.line("name"))), ""),
        level=next(iter(levels), ""),
        posted_at=instant(job.get("publication_date")),
    )
