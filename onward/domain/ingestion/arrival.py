"""A posting on its way from a source into the record: what the source says, and what is judged of it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.found import Found, Pay
from onward.domain.ingestion.judgement.employers import domain, readable
from onward.domain.ingestion.judgement.internships import internship_type, job_type
from onward.domain.ingestion.judgement.keys import Keys, keys
from onward.domain.ingestion.judgement.links import url_key
from onward.domain.ingestion.judgement.score import score

# What of a posting its source says, and what is judged of that.
SAID = (
    *("company_name", "title", "description", "description_html", "is_internship", "internship_type", "job_type"),
    *("location", "places", "work_mode", "pay_min", "pay_max", "pay_currency", "pay_period", "skills", "department"),
    *("level", "language", "url", "apply_url", "posted_on", "closes_on", "score", "score_parts"),
    *("company_key", "title_key", "place_key", "heads", "tails"),
)

# Counted up when something is judged otherwise, so that what has not changed is judged again.
JUDGED = "2"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A posting that a source told of, ready to be compared with those in the record and written.

    :param found: as the source tells it
    :param keys: by which the same one is found at other sources
    :param url_key: a digest of its address, less what tells visitors apart; empty where it has none
    :param content_key: a digest of all that the source says, and of how we judge
    :param company: the employer's name as it is shown
    :param domain: of the employer's own pages, or nothing
    :param values: by column of the posting: `SAID`
    """

    found: Found
    keys: Keys
    url_key: str
    content_key: str
    company: str
    domain: str
    values: dict[str, Any]

    @property
    def external_id(self) -> str:
        return self.found.external_id


def content_key(found: Found, source: Entry) -> str:
    """Return a digest of all that a source tells of a posting, and of how we judge: the same, and nothing is new."""
    return _digest(f"{JUDGED} {source.company} {source.board} {found!r}")


def _digest(text: str) -> str:
    """Return 128 bits that stand for a text, as 32 digits."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _of_link(address: str) -> str:
    """Return a digest of a link, 32 digits. Those of one host begin alike, and so stand together in the index."""
    return _digest(urlsplit(address).netloc)[:8] + _digest(address)[:24]


def arrive(found: Found, source: Entry, *, at: datetime, told: str = "") -> Arrival:
    """Judge what a source told. Never raises, whatever it told. :param told: its `content_key`, where it is known"""
    company = (found.company or source.company or readable(source.board) or source.name)[:255]
    compared = keys(company=company, title=found.title, places=found.places, work_mode=found.work_mode)
    address = url_key(found.url)
    kind = internship_type(
        found.title, internship=found.internship, employment_type=found.employment_type, language=found.language
    )
    parts = score(found, kind=kind, at=at, company=company)
    return Arrival(
        found=found,
        keys=compared,
        url_key=_of_link(address) if address else "",
        content_key=told or content_key(found, source),
        company=company,
        domain=domain(found.company_url),
        values={
            "company_name": company,
            "title": found.title,
            "description": found.description,
            "description_html": found.description_html,
            "is_internship": bool(kind),
            "internship_type": kind,
            "job_type": job_type(found.employment_type, kind),
            "location": "; ".join(place.text for place in found.places),
            "places": [
                {"text": place.text, "city": place.city, "region": place.region, "country": place.country}
                for place in found.places
            ],
            "work_mode": found.work_mode,
            **_pay(found.pay),
            "skills": list(found.skills),
            "department": found.department,
            "level": found.level[:100],
            "language": found.language,
            "url": found.url,
            "apply_url": found.apply_url,
            "posted_on": found.posted_at.date() if found.posted_at else None,
            "closes_on": found.closes_on,
            "score": parts.total,
            "score_parts": parts.as_dict(),
            **compared.columns(),
        },
    )


def _pay(pay: Pay | None) -> dict[str, Any]:
    if pay is None:
        return {"pay_min": None, "pay_max": None, "pay_currency": "", "pay_period": ""}
    return {"pay_min": pay.minimum, "pay_max": pay.maximum, "pay_currency": pay.currency, "pay_period": pay.period}
