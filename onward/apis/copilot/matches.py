"""Recommendations in the copilot document's words."""

from typing import Any

from onward.apis.copilot.lenses import JOB_TYPE, REMOTE_OPTION, SOURCE
from onward.apis.copilot.schemas.recommendations import MarketSkill, SkillsGap
from onward.domain.applications.choices import WorkType
from onward.domain.matching.gaps import Demand, Gap
from onward.domain.matching.openings import JOB
from onward.domain.matching.recommending import Recommendation
from onward.domain.matching.score import WEIGHTS

MOST_ADVICE = 5


def matched(found: Recommendation) -> dict[str, Any]:
    """Return the fields that tell how well something suits, and why."""
    return _matched(found.packed())


def _matched(told: dict[str, Any]) -> dict[str, Any]:
    parts = {name: {"score": score, "weight": WEIGHTS[name]} for name, score in told["parts"].items()}
    return {name: told[name] for name in ("match_score", "matched_skills", "missing_skills", "reasons")} | {
        "parts": parts
    }


def recommended(told: dict[str, Any]) -> dict[str, Any]:
    """Return a recommendation. :param told: as it is packed"""
    return _matched(told) | {
        "id": told["pk"],
        "kind": told["kind"],
        "posting_id": told["posting_id"],
        "company": told["company"],
        "title": told["title"],
        "location": told["location"] or None,
        "salary_range": _pay(*told["pay"]),
        "job_type": JOB_TYPE.show(told["job_type"]),
        "remote": told["work_mode"] == WorkType.REMOTE,
        "remote_option": REMOTE_OPTION.show(told["work_mode"]),
        "tech_stack": told["skills"],
        "source": SOURCE.show(told["source"]) if told["kind"] == JOB else told["source"],
        "url": told["url"] or None,
    }


def ranked(told: dict[str, Any]) -> dict[str, Any]:
    """Return a recommendation of a ranking, with how close it is in what it speaks of."""
    return recommended(told) | {"semantic_score": told["semantic_score"], "model": told["model"]}


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
