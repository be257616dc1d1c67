"""Fetching internships from sources, as the outreach desk's document has it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import CharField, F, Value
from django.db.models.functions import NullIf
from pydantic import Field

from onward.apis.outreach.schemas.internships import TypeWord
from onward.domain.board.choices import InternshipType
from onward.domain.ingestion import queries
from onward.domain.ingestion.choices import Health, Mode, Origin, ReadingState, RunState
from onward.platform.wire import Body, Choice, From, Many, Text, Whole, Wire

ModeWord = Annotated[str, Choice(Mode)]
RunWord = Annotated[str, Choice(RunState)]
ReadingWord = Annotated[str, Choice(ReadingState)]
HealthWord = Annotated[str, Choice(Health)]
OriginWord = Annotated[str, Choice(Origin)]
Error = Annotated[str | None, From(lambda at: NullIf(F(at("error")), Value(""), output_field=CharField()))]


class FetchIn(Body):
    """What to fetch. ``default`` reads all enabled sources, ``custom`` those that are named; naming none means all.

    What is found becomes a lead where it fits the types, the places and the least score; an empty list fits everything.
    A place is a city, a region, a country, or Remote.
    """

    mode: ModeWord = Mode.DEFAULT
    threshold: Annotated[int, Whole(0, 100)] = 0
    internship_types: Annotated[list[Annotated[str, Choice(InternshipType)]], Field(max_length=20)] | None = None
    locations: Annotated[list[Annotated[str, Text(255, shortest=1)]], Field(max_length=100)] | None = None
    sources: Annotated[list[Annotated[str, Text(100, shortest=1)]], Field(max_length=1000)] | None = None


class SessionOut(Wire):
    """A fetch, by the number that it is followed by."""

    session_id: Annotated[UUID, From("uid")]
    status: Annotated[RunWord, From("state")]


class SourceInSession(Wire):
    """How far a source is in a fetch. ``error`` is null for one that is well, also where nothing was found."""

    name: Annotated[str, From("source__name")]
    kind: Annotated[str, From("source__kind")]
    status: Annotated[ReadingWord, From("state")]
    progress: int
    found: int
    saved: int
    duplicates: int
    rejected: int
    leads: int
    filtered: int
    error: Error
    reasons: Annotated[dict[str, Any], Field(description="Why postings were rejected, and how many for each reason.")]


class SessionStatus(SessionOut):
    """How far a fetch is.

    ``found`` are ``saved``, which were new, ``duplicates``, which were known already, and ``rejected``, which could not
    be read. ``filtered`` are those that became no lead.
    """

    progress: Annotated[int, Field(description="Percent")]
    found: int
    saved: int
    leads: int
    duplicates: int
    filtered: int
    rejected: int
    mode: ModeWord
    threshold: int
    internship_types: list[TypeWord]
    locations: list[str]
    started_at: datetime | None
    finished_at: datetime | None
    sources: Annotated[list[SourceInSession], Many(queries.read_in_runs, by="run_id")]


class SourceRow(Wire):
    """Somebody else's server that internships are fetched from, and how it does."""

    id: int
    name: str
    kind: str
    board: str
    base_url: str
    company: str
    origin: OriginWord
    is_enabled: bool
    health: HealthWord
    daily_limit: int | None
    last_success_at: datetime | None
    last_found: int
    last_new: int
    failures: int
    failure: str
    last_failure_at: datetime | None
    resting_until: datetime | None


class SourceChanges(Body):
    """Whether a source is asked."""

    is_enabled: bool
