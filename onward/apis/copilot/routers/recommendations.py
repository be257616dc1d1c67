"""What suits somebody, and why. "Recommendations" in the document."""

import json
from typing import Annotated

from django.db import models
from django.db.models import F
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.copilot.matches import gap_shown, matched, recommended
from onward.apis.copilot.schemas.jobs import JobRow
from onward.apis.copilot.schemas.recommendations import RecommendationOut, RecommendedJob, SkillsGap
from onward.domain.matching import gaps, recommending
from onward.domain.matching.openings import unapplied
from onward.platform.search.among import Among
from onward.platform.wire import Param, Reading, Whole

router = Router(tags=["Recommendations"])
of_jobs = Router(tags=["Recommendations"])

_JOBS = Reading(JobRow, lambda: unapplied().filter(Among(F("pk"), Param("pks", models.JSONField()))))
Least = Annotated[int, Whole(0, 100)]
Limit = Annotated[int, Whole(1, 100)]


@of_jobs.get("/recommendations", response=list[RecommendedJob], summary="Find the jobs that suit best")
def own_jobs(request: Request, limit: Limit = 10, min_match_score: Least = 70) -> HttpResponse:
    """Return the jobs that one tracks and has not applied for, the best first, with why."""
    owner_id = request.auth.user_id
    found = recommending.own_jobs(owner_id=owner_id, at=local_time(request))
    best = [one for one in found if one.measured.score >= min_match_score][:limit]
    rows = {row["id"]: row for row in json.loads(_JOBS.all(owner_id=owner_id, pks=[one.listed.pk for one in best]))}
    shown = [rows[one.listed.pk] | matched(one) for one in best if one.listed.pk in rows]
    return answer(json.dumps(shown, ensure_ascii=False))


@router.get("jobs", response=list[RecommendationOut], summary="Find what suits best")
def jobs(request: Request, limit: Limit = 20) -> HttpResponse:
    """Return the tracked jobs and the postings of the last 30 days that suit best, with why; three of a company."""
    found = recommending.jobs(owner_id=request.auth.user_id, at=local_time(request), most=limit)
    return answer(json.dumps([recommended(one.packed()) for one in found], ensure_ascii=False))


@router.get("skills-gap", response=SkillsGap, summary="See what is missing")
def skills_gap(request: Request) -> HttpResponse:
    """Return what openings of one's field and one's own jobs ask for, and what of it one lacks."""
    return answer(gap_shown(gaps.gap(owner_id=request.auth.user_id, at=local_time(request))).model_dump_json())
