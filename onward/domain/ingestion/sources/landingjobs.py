"""Landing.jobs: openings for engineers in Europe, in one answer."""

import re
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

_COMPANY = re.compile(r"/at/([A-Za-z0-9-]+)")
_PARTS = ("role_description", "main_requirements", "nice_to_have", "perks")


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read the feed."""
    with fetch.whole(address(source, "/api/v1/jobs")) as body:
        yield from each(Listing(body), _found)


def _found(job: Item) -> Found:
    external_id = identifier(job.get("id"))
    url = link(job.get("url"))
    html, text = description("\n\n".join(part for name in _PARTS if isinstance(part := job.get(name), str)))
    # Its answers name no company; the address of a posting does.
    company = _COMPANY.search(url)
    return Found(
        external_id=external_id,
        url=url,
        title=title(job.get("title"), external_id),
        company=company[1].replace("-", " ").title() if company else "",
        places=places(
            *(place(city=one.get("city"), country=one.get("country_code")) for one in job.items("locations"))
        ),
        work_mode="remote" if job.get("remote") is True else "",
        internship=says_internship(job.line("type")),
        employment_type=job.line("type"),
        description_html=html,
        description=text,
        pay=pay(job.get("gross_salary_low"), job.get("gross_salary_high"), job.get("currency_code"), "year"),
        skills=words(job.get("tags") or []),
        posted_at=instant(job.get("published_at")),
    )
