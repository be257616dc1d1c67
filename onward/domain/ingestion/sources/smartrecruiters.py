"""SmartRecruiters: a company's postings page by page, and the text of each at an address of its own."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from onward.domain.ingestion.cleaning import identifier, instant, link, title
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Body, Broken, Fetch
from onward.domain.ingestion.found import Found, Rejected
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.places import place, places
from onward.domain.ingestion.sources.documents import document
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.paging import paged
from onward.domain.ingestion.sources.registry import address
from onward.domain.ingestion.sources.types import is_internship

PAGE = 100
SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read a company's postings, and the text of each."""

    def page(number: int) -> Body:
        return fetch.page(address(source, "/v1/companies/{board}/postings", limit=PAGE, offset=number * PAGE))

    listing = paged(page, within="content", more=lambda _, items: items == PAGE)
    yield from each(listing, partial(_found, source, fetch))


def _found(source: Entry, fetch: Fetch, job: Item) -> Found:
    external_id = identifier(job.get("id"))
    name = title(job.get("name"), external_id, "name")
    whole = _whole(source, fetch, external_id)
    sections = [whole.get(f"jobAd.sections.{section}.text") for section in SECTIONS]
    html, text = description("\n".join(part for part in sections if isinstance(part, str)))
    where = place(city=job.get("location.city"), region=job.get("location.region"), country=job.get("location.country"))
    mode = "hybrid" if job.get("location.hybrid") is True else "remote" if job.get("location.remote") is True else ""
    return Found(
        external_id=external_id,
        url=link(whole.get("postingUrl")) or link(f"https://jobs.smartrecruiters.com/{source.board}/{external_id}"),
        title=name,
        company=job.line("company.name"),
        places=places(where),
        work_mode=mode,
        internship=is_internship(job.line("typeOfEmployment.label"))
        or is_internship(job.line("experienceLevel.label")),
        employment_type=job.line("typeOfEmployment.label"),
        description_html=html,
        description=text,
        department=job.line("department.label", "function.label"),
        level=job.line("experienceLevel.label"),
        language=job.line("language.code", most=20),
        apply_url=link(whole.get("applyUrl")),
        posted_at=instant(job.get("releasedDate")),
    )


def _whole(source: Entry, fetch: Fetch, external_id: str) -> Item:
    """Return what is told of one posting; nothing when it has gone since the list was made."""
    try:
        with fetch.page(address(source, f"/v1/companies/{{board}}/postings/{quote(external_id, safe='')}")) as body:
            return Item(document(body))
    except Broken as problem:
        if problem.status in (404, 410):
            return Item({})
        raise
