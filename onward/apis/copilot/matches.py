"""Recommendations in the copilot document's words."""

from typing import Any

from onward.apis.copilot.lenses import JOB_TYPE, REMOTE_OPTION, SOURCE
from onward.apis.copilot.schemas.recommendations import MarketSkill, Matched, Part, RecommendationOut, SkillsGap
from onward.domain.applications.choices import WorkType
from onward.domain.matching.gaps import Demand, Gap
from onward.domain.matching.openings import JOB
from onward.domain.matching.reasons import missing, shared
from onward.domain.matching.recommending import Recommendation
from onward.domain.matching.score import WEIGHTS

MOST_ADVICE = 5


def matched(found: Recommendation) -> Matched:
    """Return how well something suits, and why."""
    opening = found.listed.opening
    return Matched(
        match_score=found.measured.score,
        parts={name: Part(score=round(value), weight=WEIGHTS[name]) for name, value in found.measured.parts.items()},
        matched_skills=list(shared(found.person, opening)),
        missing_skills=missing(found.person, opening),
        reasons=found.reasons,
    )


def recommended(found: Recommendation) -> RecommendationOut:
    """Return a recommendation."""
    listed = found.listed
    return RecommendationOut(
        id=listed.pk,
        kind="job" if listed.kind == JOB else "posting",
        posting_id=listed.posting_id,
        company=listed.company,
        title=listed.title,
        location=listed.location or None,
        salary_range=_pay(*listed.pay),
        job_type=JOB_TYPE.show(listed.job_type),
        remote=listed.work_mode == WorkType.REMOTE,
        remote_option=REMOTE_OPTION.show(listed.work_mode),
        tech_stack=list(listed.skills),
        source=SOURCE.show(listed.source) if listed.kind == JOB else listed.source,
        url=listed.url or None,
        **matched(found).model_dump(),
    )


def _pay(low: Any, high: Any, currency: str, period: str) -> str | None:
    """Return what an opening pays in one line: `50,000 – 60,000 EUR a year`."""
    ends = [f"{end:,.0f}" for end in dict.fromkeys((low, high)) if end is not None]
    return " ".join(filter(None, [" – ".join(ends), currency, f"a {period}" if period else ""])) if ends else None


def gap_shown(found: Gap) -> SkillsGap:
    """Return what somebody lacks."""
    return SkillsGap(
        user_skills=list(found.held),
        missing_skills=[demand.skill for demand in found.missing],
        top_market_skills=[
            MarketSkill(skill=demand.skill, count=demand.count, held=demand.is_held, opens=demand.opens)
            for demand in found.top
        ],
        skill_coverage_percentage=found.coverage,
        recommendations=[_advice(demand, found.openings) for demand in found.missing[:MOST_ADVICE]],
        openings=found.openings,
    )


def _advice(demand: Demand, openings: int) -> str:
    opens = f"; with it {demand.opens} more would suit you" if demand.opens else ""
    return f"{demand.skill}: named by {demand.count} of {openings} openings{opens}."
