"""Remote OK: the latest remote openings in one answer, whose first item is its terms."""

from collections.abc import Iterator

from onward.domain.ingestion.cleaning import identifier, instant, link, title, words
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Fetch
from onward.domain.ingestion.found import Found, Rejected
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.pay import pay
from onward.domain.ingestion.places import place, places
from onward.domain.ingestion.sources.documents import Listing
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.registry import address
from onward.domain.ingestion.sources.types import says_internship


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read the feed."""
    with fetch.whole(address(source, "/api")) as body:
        yield from each(Listing(body), _found)


def _found(job: Item) -> Found | None:
    if job.get("legal") is not None and job.get("id") is None:
        return None
    external_id = identifier(job.get("id"))
    html, text = description(job.get("description"))
    skills = words(job.get("tags") or [])
    return Found(
        external_id=external_id,
        url=link(job.get("url")),
        title=title(job.get("position"), external_id, "position"),
        company=job.line("company"),
        places=places(place(job.get("location"))),
        work_mode="remote",
        internship=says_internship(*skills),
        description_html=html,
        description=text,
        # It says neither currency nor period; its pages show dollars a year.
        pay=pay(job.get("salary_min"), job.get("salary_max"), "USD", "year"),
        skills=skills,
        apply_url=link(job.get("apply_url")),
        posted_at=instant(job.get("date")) or instant(job.get("epoch")),
    )
