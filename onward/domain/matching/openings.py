"""Openings to be compared: the jobs that somebody tracks and has not applied for, and postings that anybody may see."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from onward.domain.applications import queries as applications
from onward.domain.applications.choices import SavedJobStatus, Status
from onward.domain.applications.models import Application, SavedJob
from onward.domain.board.choices import Period
from onward.domain.feed.asking import Asked, read_posting
from onward.domain.feed.queries import Candidate, candidates
from onward.domain.ingestion.found import Place
from onward.domain.ingestion.judgement.keys import Keys, written_keys
from onward.domain.ingestion.judgement.links import url_key
from onward.domain.ingestion.judgement.places import Nearness, nearness, read_key, spots
from onward.domain.ingestion.judgement.spelling import ALIKE
from onward.domain.ingestion.judgement.titles import read_title_key, similarity
from onward.domain.matching.score import Opening, Person, company_key
from onward.domain.matching.titles import read_title
from onward.platform.wire import Param, Statement
from onward.platform.wire.values import instant, plain_day

JOB, POSTING = "job", "posting"
# Postings that are looked at, those that share a word and a skill first, and how old they may be.
MOST = 250
SPAN = timedelta(days=30)
_JOB = (
    *("pk", "posting_id", "company_name", "job_title", "location", "description", "requirements", "responsibilities"),
    *("job_type", "work_type", "salary_min", "salary_max", "salary_currency", "source", "job_url"),
    *("tech_stack", "posted_on", "created_at"),
)
_UNAPPLIED = Q(status=SavedJobStatus.ACTIVE) & (Q(application=None) | Q(application__status=Status.WISHLIST))
_OWNER: Any = Param("owner_id", BigIntegerField())


def _jobs(which: Q) -> Statement:
    *plain, _, _, _ = _JOB
    read = Cast("tech_stack", TextField()), F("posting__posted_on"), F("created_at")
    return Statement(
        lambda: SavedJob.objects.filter(which, owner=_OWNER).order_by("-created_at", "-pk").values_list(*plain, *read)
    )


# Which jobs of somebody are looked at.
ALL, UNAPPLIED = _jobs(Q()), _jobs(_UNAPPLIED)
_APPLIED = Statement(
    lambda: Application.objects.filter(owner=_OWNER).values_list(
        "company__name", "job_title", "location", "work_type", "job_url"
    )
)
_SAVED = Statement(
    lambda: SavedJob.objects.filter(owner=_OWNER).values_list(
        "posting_id", "company_name", "job_title", "location", "work_type", "job_url"
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """An opening as it is shown.

    :ivar pk: the job's number, or the posting's
    :ivar company_key: its company's name, as names are compared
    :ivar found_at: when the person put it aside, or the server found it
    """

    kind: str
    pk: int
    posting_id: int | None
    company: str
    company_key: str
    title: str
    location: str
    job_type: str
    work_mode: str
    skills: Sequence[str]
    pay: tuple[Any, Any, str, str]
    source: str
    url: str
    opening: Opening
    found_at: datetime


def unapplied() -> QuerySet[SavedJob]:
    """Return the jobs that one person tracks and has not applied for; the statement takes ``owner_id``."""
    return applications.saved_jobs().filter(_UNAPPLIED)


def own_jobs(*, owner_id: int, which: Statement = UNAPPLIED) -> list[Listed]:
    """Return jobs that somebody tracks, the latest first: one statement."""
    return [_job(dict(zip(_JOB, row, strict=True))) for row in which.rows(owner_id=owner_id)]


def _job(row: dict[str, Any]) -> Listed:
    sections = ("", row["description"]), ("Requirements:\n", row["requirements"]), ("Tasks:\n", row["responsibilities"])
    text = "\n\n".join(heading + said for heading, said in sections if said)
    skills = _texts(json.loads(row["tech_stack"]))
    opening = Opening(
        title=read_title(row["job_title"]),
        asked=_read(row["job_title"], text, row["company_name"], tuple(skills), ""),
        places=spots([Place(row["location"])] if row["location"] else [], row["work_type"]),
        work_mode=row["work_type"],
        pay_min=row["salary_min"],
        pay_max=row["salary_max"],
        currency=row["salary_currency"],
        period=Period.YEAR,
        since=plain_day(row["posted_on"]),
    )
    return Listed(
        kind=JOB,
        pk=row["pk"],
        posting_id=row["posting_id"],
        company=row["company_name"],
        company_key=company_key(row["company_name"]),
        title=row["job_title"],
        location=row["location"],
        job_type=row["job_type"],
        work_mode=row["work_type"],
        skills=skills,
        pay=(row["salary_min"], row["salary_max"], row["salary_currency"], Period.YEAR.value),
        source=row["source"],
        url=row["job_url"],
        opening=opening,
        found_at=instant(row["created_at"]),
    )


def postings(*, person: Person, owner_id: int, at: datetime, most: int = MOST) -> list[Listed]:
    """Return open postings of the last 30 days that may suit somebody and that they have not dismissed."""
    words = {word for title in person.titles for word, worth in title.stems if worth == 1}
    held = {held.name for held in person.held.values()}
    found = candidates(skills=held, words=words, since=at - SPAN, most=most, owner_id=owner_id)
    return [_posting(candidate) for candidate in found]


def _posting(found: Candidate) -> Listed:
    asked = Asked.unpacked(found.asked)
    opening = Opening(
        title=read_title(found.title),
        asked=asked,
        places=read_key(found.place_key),
        work_mode=found.work_mode,
        pay_min=found.pay_min,
        pay_max=found.pay_max,
        currency=found.pay_currency,
        period=found.pay_period,
        since=found.posted_on or found.first_seen_at.date(),
    )
    return Listed(
        kind=POSTING,
        pk=found.posting_id,
        posting_id=found.posting_id,
        company=found.company_name,
        company_key=found.company_key or company_key(found.company_name),
        title=found.title,
        location=found.location,
        job_type=found.job_type,
        work_mode=found.work_mode,
        skills=_texts(found.skills) or asked.names,
        pay=(found.pay_min, found.pay_max, found.pay_currency, found.pay_period),
        source=found.source,
        url=found.apply_url or found.url,
        opening=opening,
        found_at=found.first_seen_at,
    )


def unknown_to(*, owner_id: int, found: Sequence[Listed]) -> list[Listed]:
    """Return those of some postings that somebody has neither applied for nor saved, under this or another link."""
    links = {link for listed in found for link in _links(listed.url)}
    mine = _mine(owner_id, {listed.company_key for listed in found}, links)
    ids = {known.posting_id for known in mine} - {None}
    known_links = {link for known in mine for link in _links(known.url)}
    by_company: dict[str, list[_Mine]] = {}
    for known in mine:
        by_company.setdefault(known.company_key, []).append(known)
    return [
        listed
        for listed in found
        if listed.posting_id not in ids
        and known_links.isdisjoint(_links(listed.url))
        and not any(_is_same(known, listed) for known in by_company.get(listed.company_key, ()))
    ]


@dataclass(frozen=True, slots=True)
class _Mine:
    """Something that somebody has applied for or saved. :ivar told: a function that gives its keys, when asked"""

    posting_id: int | None
    company_key: str
    url: str
    told: Callable[[], Keys]


@lru_cache(maxsize=4_000)
def _links(url: str) -> frozenset[str]:
    """Return a link as it is, and without what identifies no posting: it leads to one, whoever the company is."""
    return frozenset({url, url_key(url)}) - {""}


def _mine(owner_id: int, companies: Collection[str], links: Set[str]) -> list[_Mine]:
    applied: Iterable[tuple[Any, ...]] = ((None, *row) for row in _APPLIED.rows(owner_id=owner_id))
    rows = [*applied, *_SAVED.rows(owner_id=owner_id)]
    found = []
    for posting_id, company, title, location, work_type, url in rows:
        key = company_key(company)
        if posting_id is not None or key in companies or not links.isdisjoint(_links(url)):
            found.append(_Mine(posting_id, key, url, _Told(company, title, location, work_type)))
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    company: str
    title: str
    location: str
    work_mode: str

    def __call__(self) -> Keys:
        return _keys(self.company, self.title, self.location, self.work_mode)


def _is_same(known: _Mine, listed: Listed) -> bool:
    mine = known.told()
    theirs = _keys(listed.company, listed.title, listed.location, listed.work_mode)
    apart = nearness(read_key(mine.place), read_key(theirs.place)) is Nearness.APART
    return not apart and similarity(read_title_key(mine.title), read_title_key(theirs.title)) >= ALIKE


@lru_cache(maxsize=4_000)
def _keys(company: str, title: str, location: str, work_mode: str) -> Keys:
    return written_keys(company=company, title=title, location=location, work_mode=work_mode)


@lru_cache(maxsize=2_000)
def _read(title: str, text: str, employer: str, listed: tuple[str, ...], level: str) -> Asked:
    return read_posting(title=title, description=text, employer=employer, listed=listed, level=level)


def _texts(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list | tuple) else []
