"""What suits somebody, and what they lack."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from onward.apis.copilot.schemas.jobs import JobRow
from onward.apis.copilot.schemas.words import NUMBER, JobTypeWord, RemoteWord
from onward.platform.wire import Body, Whole, Wire, empty_is


class Part(Wire):
    """A part of a score."""

    score: Annotated[int, Field(description="0 to 100.")]
    weight: Annotated[int, Field(description="What it weighs beside the others; a part that is not known is left out.")]


class Matched(Wire):
    """How well something suits somebody."""

    match_score: Annotated[int, Field(description="0 to 100.")]
    parts: dict[str, Part]
    matched_skills: list[str]
    missing_skills: list[str]
    reasons: list[str]


class RecommendedJob(Matched, JobRow):
    """A job that one tracks and has not applied for, with how well it suits."""


class RecommendationOut(Matched):
    """A job that one tracks (`kind` job), or a posting (`kind` posting)."""

    id: Annotated[int, Field(description="The job's number, or the posting's, by `kind`.")]
    kind: Literal["job", "posting"]
    posting_id: int | None
    company: str
    title: str
    location: str | None
    salary_range: str | None
    job_type: JobTypeWord | None
    remote: bool
    remote_option: RemoteWord | None
    tech_stack: list[str]
    source: str
    url: str | None


class MarketSkill(Wire):
    """A skill that openings name."""

    skill: str
    count: Annotated[int, Field(description="Openings that name it.")]
    held: bool
    opens: Annotated[int, Field(description="Openings that suit with it, 70 or more, and do not without.")]


class SkillsGap(Wire):
    """What somebody has and lacks beside the openings of their field and the jobs that they track."""

    user_skills: list[str]
    missing_skills: list[str]
    top_market_skills: list[MarketSkill]
    skill_coverage_percentage: float
    recommendations: list[str]
    openings: int


class RankIn(Body):
    """How many openings are wanted."""

    limit: Annotated[Annotated[int, Whole(1, 100), NUMBER], empty_is(20)] = 20


class Accepted(Wire):
    """Something that is done later. `GET tasks/{task_id}` says how far it is."""

    task_id: UUID


class Ranked(RecommendationOut):
    """A recommendation of an enhanced run."""

    semantic_score: Annotated[int, Field(description="How close it is to the résumé in what it speaks of: 0 to 100.")]
    model: Annotated[str, Field(description="What compared it.")]


class RankingResult(Wire):
    """What an enhanced run has found, the best first."""

    recommendations: list[Ranked]
    model: str
    warnings: list[str]


class RunResult(Wire):
    """What a run over sources has found."""

    found: int
    saved: int
    duplicates: int
    rejected: int


class TaskOut(Wire):
    """Something that is done later."""

    task_id: UUID
    kind: Literal["enhanced_recommendations", "job_ingestion"]
    status: Literal["pending", "processing", "completed", "failed", "cancelled"]
    progress: Annotated[int, Field(description="0 to 100.")]
    result: RankingResult | RunResult | None
    error: str | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
