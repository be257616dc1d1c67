"""What an employer's own page says of it, in schema.org's words."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from onward.domain.companies.choices import Size
from onward.domain.ingestion.cleaning import line, link
from onward.domain.ingestion.judgement.employers import domain
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.sources.documents import parse
from onward.domain.ingestion.webpage import WebPage

# Of a page, characters that are read, scripts that are, and things that they describe.
LONGEST = 2 * 1024 * 1024
MOST_SCRIPTS = 20
MOST_THINGS = 500
LONGEST_DESCRIPTION = 5000
_EMPLOYERS = {
    *("Organization", "Corporation", "LocalBusiness", "NGO", "EducationalOrganization", "CollegeOrUniversity"),
    *("GovernmentOrganization", "MedicalOrganization", "OnlineBusiness", "OnlineStore", "ResearchOrganization"),
    *("NewsMediaOrganization", "Airline", "LibrarySystem", "SportsOrganization", "PerformingGroup", "Consortium"),
}
_SIZES = ((50, Size.STARTUP), (200, Size.SMALL), (1000, Size.MEDIUM), (5000, Size.LARGE))


@dataclass(frozen=True, slots=True)
class Profile:
    """What a page says of the employer whose page it is; what is empty it does not say. All is plain text."""

    name: str = ""
    website: str = ""
    industry: str = ""
    size: str = ""
    location: str = ""
    description: str = ""
    logo_url: str = ""

    def told(self) -> dict[str, str]:
        """Return what is said, by the names of the record's fields."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}


def read_profile(html: str, *, url: str) -> Profile:
    """Return what a page says of its employer; an empty profile where it says nothing that can be read. Never raises.

    Of several organisations on a page, the one whose address is on the page's own domain is meant, or else the first.

    :param url: of the page
    """
    organisations = [thing for thing in _things(html[:LONGEST]) if _types(thing) & _EMPLOYERS]
    own = [thing for thing in organisations if domain(link(_text(thing.get("url")), url)) == domain(url) != ""]
    return _profile((own or organisations)[0], url) if organisations else Profile()


def _profile(thing: dict[str, Any], url: str) -> Profile:
    return Profile(
        name=line(_text(thing.get("name"))),
        website=_short(link(_text(thing.get("url")), url)),
        industry=line(_text(thing.get("industry"))),
        size=_size(_one(thing.get("numberOfEmployees"))),
        location=_address(_one(thing.get("address"))),
        description=description(_text(thing.get("description")))[1][:LONGEST_DESCRIPTION],
        logo_url=_short(link(_text(thing.get("logo")), url)),
    )


def _things(html: str) -> Iterator[dict[str, Any]]:
    """Yield what a page's scripts describe, the outer before the inner, `MOST_THINGS` at most."""
    scripts = WebPage(html).documents()[:MOST_SCRIPTS]
    waiting: list[Any] = [document for script in scripts for document in _document(script)]
    for _ in range(MOST_THINGS):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting[:0] = value[:MOST_THINGS]
        elif isinstance(value, dict):
            yield value
            waiting += [inner for inner in value.values() if isinstance(inner, dict | list)]


def _document(text: str) -> Iterator[Any]:
    try:
        yield parse(text)
    except ValueError:
        return


def _types(thing: dict[str, Any]) -> set[str]:
    told = thing.get("@type")
    return {name.rpartition("/")[2] for name in (told if isinstance(told, list) else [told]) if isinstance(name, str)}


def _one(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _text(value: Any) -> str:
    """Return a value's text: of several the first, of a thing its value, address or name."""
    value = _one(value)
    if isinstance(value, dict):
        value = next(
            (inner for name in ("@value", "url", "contentUrl", "@id", "name") if (inner := value.get(name))), ""
        )
    return value if isinstance(value, str) else ""


def _short(address: str) -> str:
    return address if len(address) <= 500 else ""


def _address(told: Any) -> str:
    if not isinstance(told, dict):
        return line(told)
    names = ("addressLocality", "addressRegion", "addressCountry")
    parts = [_name(told.get(name)) for name in names]
    return line(", ".join(part for part in parts if part))


def _name(value: Any) -> str:
    value = _one(value)
    return line(value.get("name") if isinstance(value, dict) else value)


def _size(told: Any) -> str:
    """Return the size that a number of employees makes, or the middle of two numbers."""
    if isinstance(told, dict):
        bounds = [_number(told.get(name)) for name in ("value", "minValue", "maxValue")]
    else:
        bounds = [_number(told)]
    known = [number for number in bounds if number is not None]
    if not known:
        return ""
    middle = sum(known) / len(known)
    return next((size.value for most, size in _SIZES if middle <= most), Size.ENTERPRISE.value)


def _number(value: Any) -> float | None:
    try:
        number = float(str(value)[:20].replace(",", "")) if isinstance(value, str | int | Decimal) else -1
    except ValueError:
        return None
    return number if 0 < number < 10_000_000 and not isinstance(value, bool) else None
