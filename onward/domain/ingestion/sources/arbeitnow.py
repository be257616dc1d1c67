"""Arbeitnow: openings in Germany, page by page, the latest first."""

from collections.abc import Iterator

from onward.domain.ingestion.cleaning import identifier, instant, link, title, words
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Body, Fetch
from onward.domain.ingestion.found import Found, Rejected
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.places import place, places
from onward.domain.ingestion.sources.documents import Listing
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.paging import paged
from onward.domain.ingestion.sources.registry import address
from onward.domain.ingestion.sources.types import says_internship


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read the feed."""

    def page(number: int) -> Body:
        return fetch.page(address(source, "/api/job-board-api", page=number))

    yield from each(paged(page, within="data", more=_more, first=1), _found)


def _more(listing: Listing, items: int) -> bool:
    links = listing.rest.get("links")
    # Where it leads is not believed: the pages are counted.
    return items > 0 and (bool(links.get("next")) if isinstance(links, dict) else True)


def _found(job: Item) -> Found:
    external_id = identifier(job.get("slug"), "slug")
    html, text = description(job.get("description"))
    types = job.texts("job_types")
    return Found(
        external_id=external_id,
        url=link(job.get("url")),
        title=title(job.get("title"), external_id),
        company=job.line("company_name"),
        places=places(place(job.get("location"))),
        work_mode="remote" if job.get("remote") is True else "",
        internship=says_internship(*types),
        employment_type=", ".join(types)[:255],
        description_html=html,
        description=text,
        skills=words(job.get("tags") or []),
        posted_at=instant(job.get("created_at")),
    )
