"""The feed as it is shown: open postings, and searches that somebody keeps."""

from datetime import date, datetime
from typing import Annotated, Any

from django.db.models.functions import NullIf, Substr
from pydantic import Field

from onward.apis.copilot.lenses import JOB_TYPE, REMOTE_OPTION, TEXT
from onward.apis.copilot.schemas.jobs import PREVIEW, Currency
from onward.apis.copilot.schemas.words import JobTypeWord, RemoteWord
from onward.domain.board.choices import Period
from onward.domain.feed.choices import SOURCES, Often, Order, Seniority
from onward.platform.database.literal import Literal
from onward.platform.lens import Lens
from onward.platform.wire import EMPTY_IS_NULL, Body, Choice, From, OneOf, Text, Unsigned4, Whole, Wire, empty_is
from onward.platform.wire.fields import Path

PERIOD = Lens.one_to_one({"": None, **{period.value: period.value for period in Period}})
SeniorityWord = Annotated[str, Choice(Seniority)]
OriginWord = Annotated[str, OneOf(*SOURCES)]
OrderWord = Annotated[str, Choice(Order)]
OftenWord = Annotated[str, Choice(Often)]
Words = Annotated[str, Text(500)]
Name = Annotated[str, Text(255)]


def _beginning(at: Path) -> NullIf:
    return NullIf(Substr(at("description"), Literal(1), Literal(PREVIEW)), Literal(""))


class OpeningSaid(Wire):
    """What an open posting says itself."""

    id: int
    company: Annotated[str, From("company_name")]
    title: str
    location: Annotated[str | None, From("location", lens=TEXT)]
    salary_min: Annotated[float | None, From("pay_min")]
    salary_max: Annotated[float | None, From("pay_max")]
    currency: Annotated[str | None, From("pay_currency", lens=TEXT)]
    salary_period: Annotated[str | None, From("pay_period", lens=TEXT)]
    job_type: Annotated[JobTypeWord | None, From("job_type", lens=JOB_TYPE)]
    remote_option: Annotated[RemoteWord | None, From("work_mode", lens=REMOTE_OPTION)]
    tech_stack: Annotated[list[str], From("skills")]
    url: Annotated[str | None, From("url", lens=TEXT)]
    application_url: Annotated[str | None, From("apply_url", lens=TEXT)]
    posted_on: date | None
    closes_on: date | None
    freshness: Annotated[str, From("state")]
    first_seen_at: datetime
    last_seen_at: datetime
    description_preview: Annotated[str | None, From(_beginning)]


class OpeningTold(OpeningSaid):
    """An open posting by itself."""

    description: Annotated[str | None, From("description", lens=TEXT)]
    description_html: Annotated[str | None, From("description_html", lens=TEXT)]
    department: Annotated[str | None, From("department", lens=TEXT)]


class About(Wire):
    """What the feed adds to what a posting says."""

    seniority: str | None
    source: str | None
    is_repost: bool
    applied_before: bool
    job_id: int | None


class OpeningRow(About, OpeningSaid):
    """An open posting in the feed."""


class OpeningOut(About, OpeningTold):
    """An open posting, with its text."""

    is_dismissed: bool


class FeedOut(Wire):
    """A part of the feed."""

    items: list[OpeningRow]
    total: int
    total_is_exact: bool
    next_cursor: str | None
    facets: dict[str, dict[str, int]]
    corrected: dict[str, str]
    every_word: bool


class Filters(Body):
    """What somebody looks for."""

    query: Words = ""
    location: Name = ""
    remote_only: bool = False
    remote_option: Annotated[RemoteWord | None, EMPTY_IS_NULL] = None
    job_type: Annotated[JobTypeWord | None, EMPTY_IS_NULL] = None
    seniority: Annotated[SeniorityWord | None, EMPTY_IS_NULL] = None
    company: Name = ""
    source: Annotated[OriginWord | None, EMPTY_IS_NULL] = None
    tech_stack: Annotated[list[Annotated[str, Text(100)]], Field(max_length=50)] = Field(default_factory=list)
    min_salary: Annotated[Unsigned4 | None, EMPTY_IS_NULL] = None
    max_salary: Annotated[Unsigned4 | None, EMPTY_IS_NULL] = None
    currency: Annotated[Currency | None, EMPTY_IS_NULL] = None
    posted_within: Annotated[Annotated[int, Whole(0, 3650)] | None, EMPTY_IS_NULL] = None


class Asked(Filters):
    """What the address of the feed may say."""

    sort: Annotated[OrderWord, empty_is(Order.RELEVANCE.value)] = Order.RELEVANCE.value
    cursor: Annotated[str, Text(300)] = ""
    limit: Annotated[Annotated[int, Whole(1, 100)], empty_is(20)] = 20


class SavedSearchIn(Body):
    """A search to be kept. ``filters``: what the address of the feed may say."""

    name: Annotated[str, Text(100, shortest=1)]
    filters: Filters
    notify: OftenWord = Often.DAILY.value


class SavedSearchChanges(SavedSearchIn, partial=True):
    """What changes about a search; its filters are replaced as a whole."""


class SavedSearchOut(Wire):
    """A search that somebody keeps. ``filters``: what was said of them."""

    id: int
    name: str
    filters: dict[str, Any]
    notify: OftenWord
    created_at: datetime
    updated_at: datetime
