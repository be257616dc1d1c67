"""A posting as search engines read it: JSON-LD by schema.org/JobPosting."""

import json
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe

from onward.domain.board.choices import JobType, Period, WorkType
from onward.domain.board.models import Posting

# schema.org/employmentType, as the engines know it.
EMPLOYMENT = {
    JobType.FULL_TIME: "FULL_TIME",
    JobType.PART_TIME: "PART_TIME",
    JobType.CONTRACT: "CONTRACTOR",
    JobType.FREELANCE: "CONTRACTOR",
    JobType.INTERNSHIP: "INTERN",
}


def described(posting: Posting, *, address: str) -> dict[str, Any]:
    """Return what a posting says in the words of schema.org; what it does not say is not there.

    :param address: of its page
    """
    posted = posting.published_at or posting.created_at
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": posting.title,
        "description": text_of(posting),
        "datePosted": posted.astimezone(UTC).date().isoformat(),
        "hiringOrganization": _organisation(posting),
        "identifier": {"@type": "PropertyValue", "name": posting.company_name, "value": str(posting.uid)},
        "url": address,
        "directApply": False,
    }
    if closes := closes_at(posting):
        found["validThrough"] = closes.isoformat()
    if posting.is_internship:
        found["employmentType"] = "INTERN"
    elif posting.job_type:
        found["employmentType"] = EMPLOYMENT[JobType(posting.job_type)]
    if places := _places(posting):
        found["jobLocation"] = places
    if posting.work_mode == WorkType.REMOTE:
        found["jobLocationType"] = "TELECOMMUTE"
    if pay := _pay(posting):
        found["baseSalary"] = pay
    return found


def text_of(posting: Posting) -> str:
    """Return what a posting says as HTML, clean: its own where it came with any."""
    return posting.description_html or str(linebreaks(posting.description or posting.title, autoescape=True))


def closes_at(posting: Posting) -> datetime | None:
    """Return the last moment at which a posting can be applied for, if it has one."""
    if posting.closes_at is not None or posting.closes_on is None:
        return posting.closes_at
    return datetime.combine(posting.closes_on + timedelta(days=1), time.min, tzinfo=UTC) - timedelta(seconds=1)


def embedded(document: dict[str, Any]) -> SafeString:
    """Return a document as it may stand inside of a script element: nothing in it can end that."""
    text = json.dumps(document, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)


def _organisation(posting: Posting) -> dict[str, str]:
    found = {"@type": "Organization", "name": posting.company_name}
    if posting.employer is not None and posting.employer.website:
        found["sameAs"] = posting.employer.website
    return found


def _places(posting: Posting) -> list[dict[str, Any]]:
    parts = {"city": "addressLocality", "region": "addressRegion", "country": "addressCountry"}
    told = [
        {name: place[part] for part, name in parts.items() if place.get(part)}
        for place in posting.places
        if isinstance(place, dict)
    ]
    told = [place for place in told if place] or ([{"addressLocality": posting.location}] if posting.location else [])
    return [{"@type": "Place", "address": {"@type": "PostalAddress", **place}} for place in told]


def _pay(posting: Posting) -> dict[str, Any] | None:
    bounds = {"minValue": posting.pay_min, "maxValue": posting.pay_max}
    said = {name: float(value) for name, value in bounds.items() if value is not None}
    if not said or not posting.pay_currency:
        return None
    unit = (posting.pay_period or Period.YEAR.value).upper()
    value = {"@type": "QuantitativeValue", **said, "unitText": unit}
    return {"@type": "MonetaryAmount", "currency": posting.pay_currency, "value": value}
