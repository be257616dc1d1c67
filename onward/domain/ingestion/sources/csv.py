"""A list of openings that somebody keeps as CSV: at an address, or in a file of the server."""

import csv
from collections.abc import Iterator
from io import IncrementalNewlineDecoder
from itertools import chain, islice

from onward.domain.ingestion.cleaning import Unfit, day, digest, identifier, instant, line, link, title, words
from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.fetching import Broken, Fetch
from onward.domain.ingestion.found import Found, Rejected
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.pay import pay_of_text
from onward.domain.ingestion.places import place, places
from onward.domain.ingestion.sources.documents import read_text
from onward.domain.ingestion.sources.item import Item, each
from onward.domain.ingestion.sources.types import says_internship, work_mode_of

# Characters of one cell.
LONGEST = 16 * 1024 * 1024
# Rows above the titles of the columns.
PREFACE = 5
# What people and programs call the columns.
COLUMNS = {
    "id": ("id", "job id", "external id", "reference"),
    "title": ("title", "job title", "position", "role", "job", "job position"),
    "company": ("company", "company name", "employer", "organisation", "organization"),
    "location": ("location", "locations", "place", "city", "job location"),
    "url": ("url", "link", "job url", "job link", "posting url", "address"),
    "apply_url": ("apply url", "application url", "job url direct", "apply link"),
    "description": ("description", "job description", "details", "text"),
    "type": ("type", "job type", "employment type", "internship type"),
    "salary": ("salary", "pay", "compensation", "salary range", "stipend"),
    "skills": ("skills", "tags", "tech stack", "keywords"),
    "remote": ("remote", "work mode", "work type", "workplace", "workplace type"),
    "department": ("department", "team", "category"),
    "posted": ("posted", "posted on", "date posted", "posted date", "published", "published on", "date"),
    "closes": ("closes", "closes on", "deadline", "application deadline", "valid through", "apply by"),
}
_CALLED = {name: column for column, names in COLUMNS.items() for name in names}


def read(source: Entry, fetch: Fetch) -> Iterator[Found | Rejected]:
    """Read the list."""
    csv.field_size_limit(LONGEST)
    with fetch.whole(source.base_url) if "://" in source.base_url else fetch.file(source.base_url) as body:
        lines = _lines(read_text(body))
        yield from each(_rows(lines), _found)


def _lines(pieces: Iterator[str]) -> Iterator[str]:
    """Give a text's lines with their ends, whichever those are."""
    decoder = IncrementalNewlineDecoder(None, translate=True)
    rest = ""
    for piece in pieces:
        *whole, rest = (rest + decoder.decode(piece.replace("\0", ""))).split("\n")
        if len(rest) > LONGEST:
            raise Broken("The answer is not CSV.")
        yield from (f"{text}\n" for text in whole)
    if rest:
        yield rest


def _rows(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    first = list(islice(lines, PREFACE))
    head = next((number for number, text in enumerate(first) if "title" in _columns(text)), None)
    if head is None:
        if any(text.strip() for text in first):
            raise Broken("title: there is no column of this name.")
        return
    names = _columns(first[head])
    try:
        for cells in csv.reader(chain(first[head + 1 :], lines), delimiter=_separator(first[head])):
            if any(cell.strip() for cell in cells):
                yield {name: cell for name, cell in zip(names, cells, strict=False) if name}
    except csv.Error:
        raise Broken("The answer is cut, or is not CSV.") from None


def _columns(head: str) -> list[str]:
    cells = next(csv.reader([head], delimiter=_separator(head)), [])
    return [_CALLED.get(_name(cell), "") for cell in cells]


def _separator(head: str) -> str:
    return max(",;\t|", key=head.count)


def _name(cell: str) -> str:
    return line(cell.replace("_", " ").replace("-", " ")).casefold()


def _found(row: Item) -> Found:
    url = link(row.get("url"))
    name = title(row.get("title"), "")
    company, where = row.line("company"), row.line("location")
    try:
        external_id = identifier(row.get("id"))
    except Unfit:
        external_id = digest(url) if url else digest(name, company, where)
    html, text = description(row.get("description"))
    remote = row.word("remote")
    return Found(
        external_id=external_id,
        url=url,
        title=name,
        company=company,
        places=places(*(place(part) for part in where.split(";"))),
        work_mode="remote" if remote in ("yes", "true", "1", "y") else work_mode_of(remote, where),
        internship=says_internship(row.line("type")),
        employment_type=row.line("type"),
        description_html=html,
        description=text,
        pay=pay_of_text(row.line("salary")),
        skills=words((row.get("skills") or "").replace(";", ",").split(",")),
        department=row.line("department"),
        apply_url=link(row.get("apply_url")),
        posted_at=instant(row.get("posted")),
        closes_on=day(row.get("closes")),
    )
