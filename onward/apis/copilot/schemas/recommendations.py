"""What suits somebody, and what they lack."""

from typing import Annotated, Literal

from pydantic import Field

from onward.apis.copilot.schemas.jobs import JobRow
from onward.apis.copilot.schemas.words import JobTypeWord, RemoteWord
from onward.platform.wire import Wire


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
