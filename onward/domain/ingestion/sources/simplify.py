"""The SimplifyJobs list of internships: a file of many megabytes, kept by volunteers."""

from collections.abc import Iterator

from onward.domain.ingestion.cleaning import identifier, instant, link, title
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Fetch
from onward.domain.ingestion.found import Found, Rejected
from onward.domain.ingestion.places import place, places
from onward.domain.ingestion.sources.documents import Listing
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.registry import file_address
from onward.domain.ingestion.sources.types import work_mode_of

PATH = "/SimplifyJobs/Summer2026-Internships/dev/.github/scripts/listings.json"


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read the list, without what is over."""
    with fetch.whole(file_address(source, PATH)) as body:
        yield from each(Listing(body), _found)


def _found(job: Item) -> Found | None:
    if job.get("active") is not True or job.get("is_visible") is not True:
        return None
    external_id = identifier(job.get("id"))
    where = job.texts("locations")
    return Found(
        external_id=external_id,
        url=link(job.get("url")),
        title=title(job.get("title"), external_id),
        company=job.line("company_name"),
        company_url=link(job.get("company_url")),
        places=places(*map(place, where)),
        work_mode=work_mode_of(*where),
        # What is no internship is not in the list.
        internship=True,
        employment_type=", ".join(job.texts("terms"))[:255],
        department=job.line("category"),
        posted_at=instant(job.get("date_posted")),
    )
