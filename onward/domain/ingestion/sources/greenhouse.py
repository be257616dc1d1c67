"""Greenhouse: a company's whole board in one answer."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from onward.domain.ingestion.cleaning import identifier, instant, link, title
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Fetch
from onward.domain.ingestion.found import Found, Pay, Rejected
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.pay import amount, pay
from onward.domain.ingestion.places import place, places
from onward.domain.ingestion.sources.documents import Listing
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.registry import address
from onward.domain.ingestion.sources.types import says_internship, work_mode_of


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read a board."""
    url = address(source, "/v1/boards/{board}/jobs", content="true", pay_transparency="true")
    with fetch.whole(url) as body:
        yield from each(Listing(body, "jobs"), _found)


def _found(job: Item) -> Found:
    external_id = identifier(job.get("id"))
    html, text = description(job.get("content"))
    employment_type = next(
        (field.line("value") for field in job.items("metadata") if "employment type" in field.word("name")), ""
    )
    # Offices say where the company is, which is not always where the work is.
    where = places(place(job.get("location.name"))) or places(
        *(place(office.get("name")) for office in job.items("offices"))
    )
    return Found(
        external_id=external_id,
        url=link(job.get("absolute_url")),
        title=title(job.get("title"), external_id),
        company=job.line("company_name"),
        places=where,
        work_mode=work_mode_of(*(one.text for one in where)),
        internship=says_internship(employment_type),
        employment_type=employment_type,
        description_html=html,
        description=text,
        pay=next((found for told in job.items("pay_input_ranges") if (found := _pay(told))), None),
        department=next((name for told in job.items("departments") if (name := told.line("name"))), ""),
        language=job.line("language", most=20),
        # `updated_at` moves with every correction.
        posted_at=instant(job.get("first_published")),
    )


def _pay(told: Item) -> Pay | None:
    return pay(
        _of_cents(told.get("min_cents")), _of_cents(told.get("max_cents")), told.get("currency_type"), told.get("title")
    )


def _of_cents(value: Any) -> Decimal | None:
    cents = amount(value)
    return cents / 100 if cents is not None else None
