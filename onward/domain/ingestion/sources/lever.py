"""Lever: a company's site, page by page. Requirements stand in lists beside the description."""

import html
from collections.abc import Iterator

from onward.domain.ingestion.cleaning import identifier, instant, link, title
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Body, Fetch
from onward.domain.ingestion.found import Found, Rejected
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.pay import pay
from onward.domain.ingestion.places import place, places
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.paging import paged
from onward.domain.ingestion.sources.registry import address
from onward.domain.ingestion.sources.types import says_internship, work_mode_of

PAGE = 100


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read a site."""

    def page(number: int) -> Body:
        return fetch.page(address(source, "/v0/postings/{board}", mode="json", skip=number * PAGE, limit=PAGE))

    yield from each(paged(page, more=lambda _, items: items == PAGE), _found)


def _found(job: Item) -> Found:
    external_id = identifier(job.get("id"))
    parts = [job.get("description") or job.get("descriptionPlain")]
    parts += [f"<h3>{html.escape(part.line('text'))}</h3><ul>{part.get('content')}</ul>" for part in job.items("lists")]
    parts.append(job.get("additional") or job.get("additionalPlain"))
    markup, text = description("\n".join(part for part in parts if isinstance(part, str)))
    commitment = job.line("categories.commitment")
    told = job.texts("categories.allLocations") or job.texts("categories.location")
    country = job.line("country", most=2)
    return Found(
        external_id=external_id,
        url=link(job.get("hostedUrl")),
        title=title(job.get("text"), external_id, "text"),
        company="",
        places=places(*(place(text) for text in told)) or places(place(country=country)),
        work_mode=work_mode_of(job.word("workplaceType"), *told),
        internship=says_internship(commitment),
        employment_type=commitment,
        description_html=markup,
        description=text,
        pay=pay(*(job.get(f"salaryRange.{name}") for name in ("min", "max", "currency", "interval"))),
        department=job.line("categories.department", "categories.team"),
        apply_url=link(job.get("applyUrl")),
        posted_at=instant(job.get("createdAt")),
    )
