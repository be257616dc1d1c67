"""Remotive: remote openings of many companies, in one answer that may be asked for four times a day."""

from collections.abc import Iterator

from onward.domain.ingestion.cleaning import identifier, instant, link, title, words
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Fetch
from onward.domain.ingestion.found import Found, Rejected
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.pay import pay_of_text
from onward.domain.ingestion.places import place, places
from onward.domain.ingestion.sources.documents import Listing
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.registry import address
from onward.domain.ingestion.sources.types import is_internship


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read the feed."""
    with fetch.whole(address(source, "/api/remote-jobs")) as body:
        yield from each(Listing(body, "jobs"), _found)


def _found(job: Item) -> Found:
    external_id = identifier(job.get("id"))
    html, text = description(job.get("description"))
    return Found(
        external_id=external_id,
        url=link(job.get("url")),
        title=title(job.get("title"), external_id),
        company=job.line("company_name"),
        places=places(place(job.get("candidate_required_location"))),
        work_mode="remote",
        internship=is_internship(job.line("job_type")),
        employment_type=job.line("job_type"),
        description_html=html,
        description=text,
        pay=pay_of_text(job.line("salary")),
        skills=words(job.get("tags") or []),
        department=job.line("category"),
        posted_at=instant(job.get("publication_date")),
    )
