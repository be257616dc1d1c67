"""What the desk's work adds up to, on the wire."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import create_model

from onward.domain.outreach.choices import LeadStatus
from onward.platform.wire import From, Wire


class Stage(Wire):
    """How many internships are at a status, and how many ever were."""

    now: int
    ever: int


Stages: Any = create_model("Stages", __base__=Wire, **{status.value: (Stage, ...) for status in LeadStatus})  # type: ignore[call-overload]


class Funnels(Wire):
    """The way from found to an offer: by status, then what was published, the applications to it, and their offers."""

    stages: Stages
    published: int
    applications: int
    offers: int


class Conversions(Wire):
    """How many internships were ever converted. ``rate``: of a hundred that were contacted; null where none was."""

    count: int
    contacted: int
    rate: float | None


class Leader(Wire):
    """Somebody, and how often they did what is counted."""

    user_id: int
    name: str
    count: int


class Leaderboards(Wire):
    """Who did most, by what is counted; credit goes to who acted."""

    conversions: list[Leader]
    contacts: list[Leader]
    followups: list[Leader]


class Industry(Wire):
    """How many companies of an industry have internships here, and how many. Empty where nobody knows the industry."""

    industry: str
    companies: int
    leads: int


class DashboardOut(Wire):
    """What the desk's work adds up to.

    ``companies_contacted`` counts companies of which an internship ever reached contacted or beyond,
    ``followups_due`` open follow-ups due by today on the asker's clock, and ``stale`` internships that nobody has
    touched for 14 days and that have no follow-up.
    """

    companies_contacted: int
    conversions: Conversions
    funnels: Funnels
    leaderboards: Leaderboards
    followups_due: int
    industry_distribution: list[Industry]
    stale: int


class SourceSummary(Wire):
    """What all fetches have brought from one source."""

    source: Annotated[str, From("name")]
    kind: str
    readings: Annotated[int, From("times")]
    failed: int
    found: int
    saved: int
    leads: int
    last_read_at: datetime | None


class FetchSummaryOut(Wire):
    """What all fetches ever have brought."""

    sessions: int
    found: int
    saved: int
    leads: int
    by_source: list[SourceSummary]
