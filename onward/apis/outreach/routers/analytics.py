"""What the desk's work adds up to."""

from dataclasses import asdict

from django.http import HttpResponse, JsonResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.outreach.access import members
from onward.apis.outreach.schemas.analytics import DashboardOut, FetchSummaryOut, SourceSummary
from onward.domain.ingestion import queries
from onward.domain.outreach.queries.figures import figures
from onward.platform.wire import Reading

router = Router(tags=["Analytics"], auth=members)

BY_SOURCE = Reading(SourceSummary, queries.brought)


@router.get("/dashboard", response=DashboardOut, summary="Get the dashboard")
def dashboard(request: Request) -> HttpResponse:
    """Tell what the desk's work adds up to."""
    found = figures(today=local_time(request).date(), at=request.now)
    contacted = found.leads_contacted
    return JsonResponse(
        {
            "companies_contacted": found.companies_contacted,
            "conversions": {
                "count": found.conversions,
                "contacted": contacted,
                "rate": round(found.conversions * 100 / contacted, 1) if contacted else None,
            },
            "funnels": {
                "stages": {status: asdict(standing) for status, standing in found.stages.items()},
                "published": found.published,
                "applications": found.applications,
                "offers": found.offers,
            },
            "leaderboards": {board: [asdict(one) for one in rows] for board, rows in found.leaders.items()},
            "followups_due": found.followups_due,
            "industry_distribution": [asdict(one) for one in found.industries],
            "stale": found.stale,
        }
    )


@router.get("/fetch-summary", response=FetchSummaryOut, summary="Get what all fetches have brought")
def fetch_summary(request: Request) -> HttpResponse:
    """Tell what all fetches ever have brought, by source."""
    total = queries.total()
    return answer(
        f'{{"sessions":{total.sessions},"found":{total.found},"saved":{total.saved},"leads":{total.leads},'
        f'"by_source":{BY_SOURCE.all()}}}'
    )
