"""The market in numbers, and the feed of one source. "Jobs & Market Data" in the document."""

import json

from django.http import HttpResponse
from ninja import Query, Router

from onward.apis.base import Request, answer, local_time
from onward.apis.copilot import markets
from onward.apis.copilot.postings import part, wanted_of
from onward.apis.copilot.schemas.feed import Asked
from onward.apis.copilot.schemas.market import (
    MarketAsked,
    MarketOut,
    SalariesAsked,
    SalariesOut,
    SourceFeedOut,
    TrendsOut,
)
from onward.domain.feed.choices import Order
from onward.domain.feed.queries import dismissed_ids
from onward.domain.feed.queries.openings import is_read

NOTHING = {
    "items": [],
    "total": 0,
    "total_is_exact": True,
    "next_cursor": None,
    "facets": {},
    "corrected": {},
    "every_word": True,
}

router = Router(tags=["Market"])
linkedin = Router(tags=["Feed"])


@router.get("", response=MarketOut, summary="See the market at a glance")
def market(request: Request, asked: Query[MarketAsked]) -> HttpResponse:
    """Return what the postings of a span have in common, beside those of the span before."""
    return answer(markets.market(asked, today=local_time(request).date()).model_dump_json())


@router.get("/trends", response=TrendsOut, summary="See how the market moves")
def trends(request: Request, asked: Query[MarketAsked]) -> HttpResponse:
    """Return which skills are asked for more, and less, than in the span before, and what each day brought."""
    return answer(markets.trends(asked, today=local_time(request).date()).model_dump_json())


@router.get("/salary-insights", response=SalariesOut, summary="See what is paid")
def salary_insights(request: Request, asked: Query[SalariesAsked]) -> HttpResponse:
    """Return the quartiles of a year's pay by currency, and by seniority; groups of fewer than five are left out."""
    return answer(markets.salaries(asked, today=local_time(request).date()).model_dump_json())


@linkedin.get("", response=SourceFeedOut, summary="Find open postings of LinkedIn")
def linkedin_jobs(request: Request, asked: Query[Asked]) -> HttpResponse:
    """Find open postings that came from LinkedIn, as the feed does; none where the server does not read it."""
    owner_id = request.auth.user_id
    wanted = wanted_of(asked.model_copy(update={"source": "linkedin"}))
    if is_configured := is_read("linkedin"):
        found = part(
            wanted,
            order=Order(asked.sort),
            cursor=asked.cursor,
            limit=asked.limit,
            owner_id=owner_id,
            without=dismissed_ids(owner_id),
            today=local_time(request).date(),
        )
    else:
        found = NOTHING
    return answer(json.dumps({"configured": is_configured, **found}, ensure_ascii=False))
