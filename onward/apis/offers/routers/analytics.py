"""The dashboard, the timeline and the questions that were asked."""

import json

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.filters import ByUuid
from onward.apis.offers import dashboard as numbers
from onward.apis.offers import timeline
from onward.apis.offers.resource import Resource, application_of
from onward.apis.offers.schemas.analytics import (
    ActivityLogResponse,
    AnalyticsDashboardResponse,
    FeedbackQuestions,
    QuestionBank,
    StageQuestions,
    TopCompany,
)
from onward.apis.paging import Slices
from onward.domain.activity import queries as activity_log
from onward.domain.applications import queries as applications
from onward.domain.insight.queries import dashboard as insight
from onward.domain.interviews import queries as interviews
from onward.platform.wire import Reading

router = Router(tags=["Analytics"])

COMPANIES = 10
ACTIVITY = Resource(
    lambda: activity_log.lines(timeline.visible_actions()),
    row=ActivityLogResponse,
    filters={"application_id": ByUuid("application__uid", application_of)},
    order="-created_at",
    paging=Slices(usual=50),
)
QUESTIONS = Reading(StageQuestions, interviews.asked_about)
SUMMED_UP = Reading(FeedbackQuestions, applications.with_feedback)


@router.get("dashboard", response=AnalyticsDashboardResponse, summary="Get the dashboard")
def dashboard(request: Request) -> HttpResponse:
    """Say in numbers how the job hunt goes."""
    owner_id = request.auth.user_id
    rows = insight.alike(owner_id=owner_id)
    found = AnalyticsDashboardResponse(
        pipeline=numbers.pipeline(rows),
        response_rate=numbers.response_rate(rows),
        interview_rate=numbers.interview_rate(rows),
        offer_rate=numbers.offer_rate(rows),
        source_breakdown=numbers.source_breakdown(rows),
        weekly_trend=numbers.weekly_trend(insight.weeks(owner_id=owner_id, at=local_time(request))),
        salary_insights=numbers.salary_insights(rows),
        top_companies=[
            TopCompany(company=name, count=count)
            for name, count in insight.busiest_companies(owner_id=owner_id, limit=COMPANIES)
        ],
    )
    return answer(found.model_dump_json())


@router.get("activity", **ACTIVITY.lists, summary="List what happened")
def activity(request: Request) -> HttpResponse:
    """List what happened, the latest first; of one application, where one is named."""
    return ACTIVITY.page(request)


@router.get("questions", response=QuestionBank, summary="List the questions that were asked")
def questions(request: Request) -> HttpResponse:
    """List every question of every stage, those of the latest stage first."""
    owner_id = request.auth.user_id
    asked = json.loads(QUESTIONS.all(owner_id=owner_id))
    # Then those of no stage in particular.
    for stage in json.loads(SUMMED_UP.all(owner_id=owner_id)):
        asked.append({"questions": stage.pop("interview_feedback").get("questions", []), **stage})
    found = [{"question": question, **stage} for stage in asked for question in stage.pop("questions")]
    return answer(json.dumps({"questions": found, "total": len(found)}))
