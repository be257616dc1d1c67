"""Numbers, the timeline and the questions as the offers document shows them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import F, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf

from onward.apis.offers import timeline
from onward.apis.offers.lenses import STAGE_TYPE
from onward.platform.wire import From, Wire
from onward.platform.wire.fields import Path


class PipelineBreakdown(Wire):
    """How many applications stand at one status."""

    status: str
    count: int


class SourceEffectiveness(Wire):
    """What came of one source."""

    source: str
    applied: int
    interviews: int
    offers: int


class WeeklyTrend(Wire):
    """What was done in one week of ISO 8601: "2026-W09"."""

    week: str
    applications: int
    stages: int


class SalariesInCurrency(Wire):
    """What was hoped for and what was offered, a year, in one currency."""

    currency: str
    applications_with_salary: int
    average_expected_min: float | None
    average_expected_max: float | None
    offers_with_salary: int
    average_offered: float | None
    highest_offer: int | None


class SalaryInsight(Wire):
    """What was hoped for and what was offered, a year; the averages are over the currency of most salaries.

    ``by_currency`` says the same of each currency, that of most salaries first.
    """

    applications_with_salary: int
    average_expected_min: float | None
    average_expected_max: float | None
    offers_with_salary: int
    average_offered: float | None
    highest_offer: int | None
    currency: str
    by_currency: list[SalariesInCurrency]


class TopCompany(Wire):
    """How many applications went to one company."""

    company: str
    count: int


class AnalyticsDashboardResponse(Wire):
    """A job hunt in numbers. Rates are fractions of the applications that were sent, with 4 places."""

    pipeline: list[PipelineBreakdown]
    response_rate: float
    interview_rate: float
    offer_rate: float
    source_breakdown: list[SourceEffectiveness]
    weekly_trend: list[WeeklyTrend]
    salary_insights: SalaryInsight
    top_companies: list[TopCompany]


class ActivityLogResponse(Wire):
    """A line of the timeline."""

    id: Annotated[UUID, From("uid")]
    user_id: Annotated[UUID, From("owner__uid")]
    application_id: Annotated[UUID | None, From("application__uid")]
    action: Annotated[str, From("action", lens=timeline.ACTION)]
    description: Annotated[str | None, From(timeline.description)]
    metadata: Annotated[dict[str, Any], From(timeline.metadata)]
    created_at: datetime


def _stage(at: Path) -> Combinable:
    # A stage of no type is called by its name.
    return Coalesce(STAGE_TYPE.case(at("interview_type")), NullIf(F(at("name")), Value("")), Value("Interview"))


class StageQuestions(Wire):
    """The questions of one stage."""

    questions: list[str]
    stage_type: Annotated[str, From(_stage)]
    company: Annotated[str, From("application__company__name")]
    role: Annotated[str, From("application__job_title")]


class FeedbackQuestions(Wire):
    """What was written down of an application's interviews all together."""

    interview_feedback: dict[str, Any]
    stage_type: Annotated[str, From(lambda at: Value("Interview"))]
    company: Annotated[str, From("company__name")]
    role: Annotated[str, From("job_title")]


class Question(Wire):
    """A question that was asked, and where."""

    question: str
    stage_type: str
    company: str
    role: str


class QuestionBank(Wire):
    """Every question that was asked."""

    questions: list[Question]
    total: int
