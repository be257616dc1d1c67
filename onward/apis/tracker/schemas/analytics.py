"""Numbers as the tracker's document shows them."""

from pydantic import BaseModel


class DashboardOut(BaseModel):
    """Where the job hunt stands."""

    total_applications: int
    active_applications: int
    offers_received: int
    interviews_scheduled: int
    response_rate: float
    avg_response_days: float | None
    status_breakdown: dict[str, int]


class SourceOut(BaseModel):
    """How one source answers."""

    source: str
    total: int
    with_response: int
    response_rate: float


class ResponseRateOut(BaseModel):
    """How each source answers, the one with the most applications first."""

    by_source: list[SourceOut]


class StageOut(BaseModel):
    """How many applications ever reached a stage."""

    stage: str
    count: int
    percentage: float


class FunnelOut(BaseModel):
    """How far the applications came."""

    funnel: list[StageOut]
    total_applications: int


class WeekOut(BaseModel):
    """The applications of one week, named by its Monday."""

    week: str
    count: int


class WeeklyOut(BaseModel):
    """The applications of the last weeks; weeks without any are left out."""

    weekly_applications: list[WeekOut]
    period_weeks: int


class TopCompanyOut(BaseModel):
    """One company and how much went on there."""

    company__id: int
    company__name: str
    application_count: int
    interview_count: int


class TopCompaniesOut(BaseModel):
    """The companies with the most applications."""

    top_companies: list[TopCompanyOut]


class HealthOut(BaseModel):
    """What answers and what does not."""

    status: str
    database: str
    cache: str


class ReadyOut(BaseModel):
    """Whether requests can be served."""

    ready: bool
    warning: str | None = None


class LiveOut(BaseModel):
    """That the process answers."""

    alive: bool
