"""Recruitee: a company's whole site in one answer, at a host of its own."""

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
from onward.domain.ingestion.sources.types import is_internship

_MODES = {"hybrid": "hybrid", "remote": "remote", "on_site": "onsite"}


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read a company's site."""
    with fetch.whole(address(source, "/api/offers/")) as body:
        yield from each(Listing(body, "offers"), _found)


def _found(offer: Item) -> Found:
    external_id = identifier(offer.get("id"))
    parts = [offer.get("description"), offer.get("requirements")]
    html, text = description("\n".join(part for part in parts if isinstance(part, str)))
    return Found(
        external_id=external_id,
        url=link(offer.get("careers_url")),
        title=title(offer.get("title"), external_id),
        company=offer.line("company_name"),
        places=places(place(city=offer.get("city"), country=offer.get("country_code"))),
        work_mode=next((mode for name, mode in _MODES.items() if offer.get(name) is True), ""),
        internship=is_internship(offer.line("employment_type_code")),
        employment_type=offer.line("employment_type_code"),
        description_html=html,
        description=text,
        pay=pay(*(offer.get(f"salary.{name}") for name in ("min", "max", "currency", "period"))),
        skills=words(offer.get("tags") or []),
        department=offer.line("department"),
        apply_url=link(offer.get("careers_apply_url")),
        posted_at=instant(offer.get("published_at")),
    )
