"""Adzuna: a search engine's openings in one country, page by page; asked with the operator's key."""

from collections.abc import Iterator

from django.conf import settings

from onward.domain.ingestion.cleaning import identifier, instant, link, title
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Body, Broken, Fetch
from onward.domain.ingestion.found import Found, Rejected
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.pay import pay
from onward.domain.ingestion.places import place_of_text, places
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.paging import paged
from onward.domain.ingestion.sources.registry import address, is_public

PAGE = 50
# Of a search without words: the latest.
PAGES = 20
DAYS = 30


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read the latest openings of a country."""
    key, number = settings.ADZUNA_APP_KEY, settings.ADZUNA_APP_ID
    if is_public(source) and not (key and number):
        raise Broken("It needs ONWARD_ADZUNA_APP_ID and ONWARD_ADZUNA_APP_KEY.")
    asked = 0

    def page(which: int) -> Body:
        nonlocal asked
        asked = which
        path = f"/v1/api/jobs/{{board}}/search/{which}"
        return fetch.page(address(source, path, app_id=number, app_key=key, results_per_page=PAGE, max_days_old=DAYS))

    listing = paged(page, within="results", more=lambda _, items: items == PAGE and asked < PAGES, first=1)
    yield from each(listing, _found)


def _found(job: Item) -> Found:
    external_id = identifier(job.get("id"))
    html, text = description(job.get("description"))
    types = [text for text in (job.line("contract_type"), job.line("contract_time")) if text]
    where = job.line("location.display_name")
    guessed = str(job.get("salary_is_predicted")) == "1"
    return Found(
        external_id=external_id,
        url=link(job.get("redirect_url")),
        title=title(job.get("title"), external_id),
        company=job.line("company.display_name"),
        places=places(place_of_text(where) if where else None),
        employment_type=", ".join(types)[:255],
        description_html=html,
        description=text,
        # In the currency of the country, which it does not name.
        pay=None if guessed else pay(job.get("salary_min"), job.get("salary_max"), "", "year"),
        department=job.line("category.label"),
        posted_at=instant(job.get("created")),
    )
