"""Any career page: what it says of its openings in schema.org's words, as JSON-LD. robots.txt is obeyed."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from w3lib.encoding import html_to_unicode

from onward.domain.ingestion.cleaning import Unfit, day, digest, identifier, instant, line, link, title, words
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Body, Broken, Fetch
from onward.domain.ingestion.found import Found, Pay, Place, Rejected
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.pay import pay
from onward.domain.ingestion.places import place, places
from onward.domain.ingestion.sources.documents import WHOLE, parse
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.types import says_internship
from onward.domain.ingestion.webpage import WebPage

# Pages that follow one another, openings on one of them, and how deep one is looked for in the data.
MOST_PAGES = 20
MOST = 5000
DEEPEST = 12

UNREADABLE = "The JSON-LD of the page cannot be read."


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read a page, and those that it says come next.

    :raises Broken: also when there was data, and nothing could be read
    """
    url = source.base_url
    pages = {url}
    known: dict[str, Found] = {}
    is_told = is_hidden = False
    for number in range(MOST_PAGES):
        fetch.obey_robots(url)
        with fetch.page(url) if number else fetch.whole(url) as body:
            page = WebPage(read_page(body))
        for one in postings_of(page, body.url):
            is_hidden |= isinstance(one, Rejected) and one.hides
            is_told |= isinstance(one, Found)
            yield from _distinct(one, known)
        url = link(page.following, body.url) if page.following else ""
        if not url or url in pages:
            break
        # That the first page has not changed says nothing of the others.
        fetch.etags.clear()
        pages.add(url)
    if is_hidden and not is_told:
        raise Broken(UNREADABLE)


def read_page(body: Body) -> str:
    """Return a page's text, by what it says that it is written in.

    :raises Broken: when it is too long, or no page
    """
    raw = body.read(WHOLE + 1)
    if len(raw) > WHOLE:
        raise Broken(f"The page is larger than {WHOLE >> 20} MB.")
    if b"<" not in raw:
        raise Broken("The answer is not HTML.")
    text: str = html_to_unicode(body.headers.get("content-type"), raw)[1]
    return text


def postings_of(page: WebPage, url: str) -> Iterator[Found | Rejected]:
    """Yield the openings that a page tells of in schema.org's words. :param url: its own"""
    language = line(page.language, 20)
    for text in page.documents():
        try:
            data = parse(text)
        except ValueError:
            yield Rejected(UNREADABLE, hides=True)
            continue
        yield from each(_found_in(data), partial(_found, url, language))


def _distinct(one: Found | Rejected, known: dict[str, Found]) -> Iterator[Found | Rejected]:
    """Leave out what stands there twice, and tell apart what pages give the same name, such as their company's."""
    if isinstance(one, Found):
        before = known.setdefault(one.external_id, one)
        if before is not one:
            if (before.title, before.url, before.places) == (one.title, one.url, one.places):
                return
            words_of_it = (one.external_id, one.url, one.title, *(where.text for where in one.places))
            one = replace(one, external_id=digest(*words_of_it))
            if one.external_id in known:
                return
            known[one.external_id] = one
    yield one


def _found_in(data: Any) -> list[Any]:
    """Find the postings in a document, wherever they are."""
    found: list[Any] = []
    waiting = [(data, 0)]
    while waiting and len(found) < MOST:
        value, depth = waiting.pop()
        if isinstance(value, dict):
            kinds = value.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and kind.rpartition("/")[2] == "JobPosting" for kind in kinds):
                found.append(value)
                continue
            value = list(value.values())
        if isinstance(value, list) and depth < DEEPEST:
            waiting.extend((part, depth + 1) for part in reversed(value))
    return found


def _found(page: str, language: str, job: Item) -> Found:
    name = title(job.get("title"), "") if job.get("title") is not None else title(job.get("name"), "")
    url = link(job.get("url"), page)
    where = places(*map(_place, job.items("jobLocation"))) or places(
        *(place(text) for text in job.texts("jobLocation"))
    )
    company = job.line("hiringOrganization.name", "hiringOrganization")
    html, text = description(job.get("description"))
    remote = any(mode.upper() == "TELECOMMUTE" for mode in job.texts("jobLocationType"))
    allowed = places(*(place(one.get("name")) for one in job.items("applicantLocationRequirements"))) if remote else ()
    types = job.texts("employmentType")
    return Found(
        external_id=_identity(job, url if url != page else "", name, company, where),
        url=url or page,
        title=name,
        company=company,
        company_url=link(job.get("hiringOrganization.sameAs"), page) or link(job.get("hiringOrganization.url"), page),
        places=where or allowed,
        work_mode="remote" if remote else "",
        internship=says_internship(*types),
        employment_type=", ".join(types)[:255],
        description_html=html,
        description=text,
        pay=_pay(job),
        skills=words(job.get("skills") if isinstance(job.get("skills"), list) else job.line("skills").split(",")),
        department=job.line("occupationalCategory"),
        level=job.line("experienceRequirements"),
        language=language,
        posted_at=instant(job.get("datePosted")),
        closes_on=day(job.get("validThrough")),
    )


def _identity(job: Item, url: str, name: str, company: str, where: tuple[Place, ...]) -> str:
    """Return what the page calls the posting, or else its own address, or else a digest of its words."""
    for value in (job.get("identifier.value"), job.get("identifier")):
        try:
            return identifier(value)
        except Unfit:
            continue
    return digest(url) if url else digest(name, company, *(one.text for one in where))


def _place(told: Item) -> Place | None:
    country = told.get("address.addressCountry")
    return place(
        told.get("address") if isinstance(told.get("address"), str) else told.get("name"),
        city=told.get("address.addressLocality"),
        region=told.get("address.addressRegion"),
        country=Item(country).get("name") if isinstance(country, dict) else country,
    )


def _pay(job: Item) -> Pay | None:
    for told in job.items("baseSalary"):
        value = told.get("value")
        currency = told.get("currency")
        if isinstance(value, dict):
            only = told.get("value.value")
            period = told.get("value.unitText") or told.get("unitText")
            return pay(told.get("value.minValue") or only, told.get("value.maxValue") or only, currency, period)
        return pay(value or told.get("minValue"), value or told.get("maxValue"), currency, told.get("unitText"))
    return None
