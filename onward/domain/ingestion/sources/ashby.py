"""Ashby: a company's whole board in one answer, with what it pays."""

from collections.abc import Iterator

from onward.domain.ingestion.cleaning import identifier, instant, link, title
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Fetch
from onward.domain.ingestion.found import Found, Pay, Place, Rejected
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.pay import pay, pay_of_text
from onward.domain.ingestion.places import place, places
from onward.domain.ingestion.sources.documents import Listing
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.registry import address
from onward.domain.ingestion.sources.types import is_internship, work_mode_of


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read a board."""
    with fetch.whole(address(source, "/posting-api/job-board/{board}", includeCompensation="true")) as body:
        yield from each(Listing(body, "jobs"), _found)


def _found(job: Item) -> Found | None:
    if job.get("isListed") is False:
        return None
    external_id = identifier(job.get("id"))
    html, text = description(job.get("descriptionHtml") or job.get("descriptionPlain"))
    return Found(
        external_id=external_id,
        url=link(job.get("jobUrl")),
        title=title(job.get("title"), external_id),
        company="",
        places=places(_place(job), *map(_place, job.items("secondaryLocations"))),
        work_mode=work_mode_of(job.line("workplaceType"), "remote" if job.get("isRemote") is True else ""),
        internship=is_internship(job.line("employmentType")),
        employment_type=job.line("employmentType"),
        description_html=html,
        description=text,
        pay=_pay(job),
        department=job.line("department", "team"),
        apply_url=link(job.get("applyUrl")),
        posted_at=instant(job.get("publishedAt")),
    )


def _place(told: Item) -> Place | None:
    return place(
        told.get("location"),
        city=told.get("address.postalAddress.addressLocality"),
        region=told.get("address.postalAddress.addressRegion"),
        country=told.get("address.postalAddress.addressCountry"),
    )


def _pay(job: Item) -> Pay | None:
    for part in job.items("compensation.summaryComponents"):
        if part.word("compensationType") == "salary":
            found = pay(*(part.get(name) for name in ("minValue", "maxValue", "currencyCode", "interval")))
            if found:
                return found
    return pay_of_text(job.line("compensation.compensationTierSummary"))
