"""Analytics and the dashboard. Section 6 of the document."""

from django.http import HttpResponse
from ninja import Router
from pydantic import BaseModel

from onward.apis.base import Request, answer, local_time
from onward.apis.filters import Address, number
from onward.apis.paging import described
from onward.apis.tracker.lenses import SOURCE
from onward.apis.tracker.schemas.analytics import (
    DashboardOut,
    FunnelOut,
    ResponseRateOut,
    SourceOut,
    StageOut,
    TopCompaniesOut,
    TopCompanyOut,
    WeeklyOut,
    WeekOut,
)
from onward.domain.insight import queries

router = Router(tags=["Analytics"])

# Ten years of weeks; more companies than anybody looks at.
MOST_WEEKS = 520
MOST_COMPANIES = 100
WEEKS = Address(weeks=number(1, MOST_WEEKS, usual=12))
COMPANIES = Address(limit=number(1, MOST_COMPANIES, usual=10))


def _answer(out: BaseModel) -> HttpResponse:
    return answer(out.model_dump_json())


@router.get("dashboard/", response=DashboardOut, summary="Get the dashboard")
def dashboard(request: Request) -> HttpResponse:
    """Say where the job hunt stands."""
    found = queries.overview(owner_id=request.auth.user_id, at=local_time(request))
    return _answer(
        DashboardOut(
            total_applications=found.total,
            active_applications=found.active,
            offers_received=found.offers,
            interviews_scheduled=found.interviews_scheduled,
            response_rate=found.response_rate,
            avg_response_days=found.average_response_days,
            status_breakdown=found.by_status,
        )
    )


@router.get("response-rate/", response=ResponseRateOut, summary="Get the response rate by source")
def response_rate(request: Request) -> HttpResponse:
    """Say how each source answers; wishes are left out."""
    return _answer(
        ResponseRateOut(
            by_source=[
                SourceOut(
                    source=source,
                    total=total,
                    with_response=answered,
                    response_rate=queries.percentage(answered, total),
                )
                for source, total, answered in _by_source(request.auth.user_id)
            ]
        )
    )


def _by_source(owner_id: int) -> list[tuple[str, int, int]]:
    """Return what the record knows of each source by the tracker's words, the largest first."""
    sums: dict[str, list[int]] = {}
    for source, total, answered in queries.by_source(owner_id=owner_id):
        found = sums.setdefault(str(SOURCE.show(source)), [0, 0])
        found[0] += total
        found[1] += answered
    return sorted(((word, *numbers) for word, numbers in sums.items()), key=lambda row: (-row[1], row[0]))  # type: ignore[misc]


@router.get("funnel/", response=FunnelOut, summary="Get the funnel")
def funnel(request: Request) -> HttpResponse:
    """Say how many applications ever reached each stage, as their history tells."""
    stages, total = queries.funnel(owner_id=request.auth.user_id)
    sent = stages[0][1]
    return _answer(
        FunnelOut(
            funnel=[
                StageOut(stage=stage, count=number, percentage=queries.percentage(number, sent))
                for stage, number in stages
            ],
            total_applications=total,
        )
    )


@router.get(
    "weekly/",
    response=WeeklyOut,
    summary="Get the weekly activity",
    openapi_extra=described(
        weeks=("How many weeks", {"type": "integer", "minimum": 1, "maximum": MOST_WEEKS, "default": 12})
    ),
)
def weekly(request: Request) -> HttpResponse:
    """Count the applications of each of the last weeks by the day on which they were sent."""
    weeks = WEEKS.read(request)["weeks"]
    rows = queries.weekly(owner_id=request.auth.user_id, weeks=weeks, today=local_time(request).date())
    return _answer(
        WeeklyOut(
            weekly_applications=[WeekOut(week=f"{monday}T00:00:00Z", count=number) for monday, number in rows],
            period_weeks=weeks,
        )
    )


@router.get(
    "top-companies/",
    response=TopCompaniesOut,
    summary="Get the top companies",
    openapi_extra=described(
        limit=("How many companies", {"type": "integer", "minimum": 1, "maximum": MOST_COMPANIES, "default": 10})
    ),
)
def top_companies(request: Request) -> HttpResponse:
    """List the companies with the most applications."""
    limit = COMPANIES.read(request)["limit"]
    return _answer(
        TopCompaniesOut(
            top_companies=[
                TopCompanyOut(company__id=pk, company__name=name, application_count=number, interview_count=interviews)
                for pk, name, number, interviews in queries.top_companies(owner_id=request.auth.user_id, limit=limit)
            ]
        )
    )
