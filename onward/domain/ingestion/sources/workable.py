"""Workable: a company's whole account in one answer."""

from collections.abc import Iterator
from functools import partial

from onward.domain.ingestion.cleaning import identifier, instant, link, title
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Fetch
from onward.domain.ingestion.found import Found, Rejected
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.places import place, places
from onward.domain.ingestion.sources.documents import Listing
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.registry import address
from onward.domain.ingestion.sources.types import says_internship


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read an account."""
    with fetch.whole(address(source, "/api/v1/widget/accounts/{board}", details="true")) as body:
        listing = Listing(body, "jobs")
        yield from each(listing, partial(_found, listing))


def _found(listing: Listing, job: Item) -> Found:
    external_id = identifier(job.get("shortcode"), "shortcode")
    html, text = description(job.get("description"))
    where = [
        place(city=one.get("city"), region=one.get("region"), country=one.get("country"))
        for one in job.items("locations")
    ]
    return Found(
        external_id=external_id,
        url=link(job.get("url")),
        title=title(job.get("title"), external_id),
        # The account's name, which stands before the list.
        company=Item(listing.rest).line("name"),
        places=places(*where)
        or places(place(city=job.get("city"), region=job.get("state"), country=job.get("country"))),
        work_mode="remote" if job.get("telecommuting") is True else "",
        internship=says_internship(job.line("employment_type")),
        employment_type=job.line("employment_type"),
        description_html=html,
        description=text,
        department=job.line("department"),
        apply_url=link(job.get("application_url")),
        posted_at=instant(job.get("published_on")) or instant(job.get("created_at")),
    )
