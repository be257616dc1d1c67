"""The market in this document's words."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from onward.apis.copilot.lenses import JOB_TYPE, REMOTE_OPTION
from onward.apis.copilot.schemas.market import (
    CompanyCount,
    DayCount,
    LocationCount,
    MarketAsked,
    MarketOut,
    SalariesOut,
    SalaryGroup,
    SkillCount,
    TrendsOut,
)
from onward.domain.feed.queries.markets import Pay, Span, growth, pays, span

TOP = 20
# Fewer postings with a skill are no trend.
TELLING = 5
_EPOCH = date(1970, 1, 1)


def span_of(said: MarketAsked, *, today: date, **wanted: Collection[str]) -> Span:
    """Return the postings that somebody asks about."""
    job_type = JOB_TYPE.read(said.job_type) if said.job_type else ""
    return span(days=said.time_range, today=today, location=said.location, job_type=job_type, **wanted)


def market(said: MarketAsked, *, today: date) -> MarketOut:
    """Return the market at a glance."""
    found = span_of(said, today=today)
    now, before = found.now, found.before
    return MarketOut(
        **_asked(said, found, today),
        **_total(found),
        remote_percentage=round(100 * now.modes["remote"] / now.n, 1) if now.n else None,
        top_skills=[SkillCount(skill=name, **row) for name, row in _top(now.skills, before.skills)],
        top_companies=[CompanyCount(company=name, **row) for name, row in _top(now.companies, before.companies)],
        top_locations=[LocationCount(location=name, **row) for name, row in _top(now.places, before.places)],
        seniority={level: times for level, times in now.levels.most_common() if level},
        remote_options={str(REMOTE_OPTION.show(mode)): times for mode, times in now.modes.most_common() if mode},
        salaries=[_pay(pay) for pay in pays(now, by_seniority=False)],
    )


def trends(said: MarketAsked, *, today: date) -> TrendsOut:
    """Return how the market moves."""
    found = span_of(said, today=today, names=("skills",))
    rows = list(_top(found.now.skills, found.before.skills, most=None))
    grown = [(name, row) for name, row in rows if row["previous_count"] >= TELLING or row["count"] >= TELLING]
    changes = sorted((row["growth_percentage"], name) for name, row in grown if row["growth_percentage"] is not None)
    by_name = dict(rows)
    gone = [
        (name, _growing(0, times))
        for name, times in found.before.skills.items()
        if times >= TELLING and name not in by_name
    ]
    by_name.update(gone)
    changes = sorted([*changes, *((-100.0, name) for name, _ in gone)])
    rising = [name for change, name in reversed(changes) if change > 0][:TOP]
    falling = [name for change, name in changes if change < 0][:TOP]
    return TrendsOut(
        **_asked(said, found, today),
        **_total(found),
        skills=[SkillCount(skill=name, **row) for name, row in rows[:TOP]],
        rising_skills=[SkillCount(skill=name, **by_name[name]) for name in rising],
        falling_skills=[SkillCount(skill=name, **by_name[name]) for name in falling],
        daily=[
            DayCount(date=day, count=found.now.days[(day - _EPOCH).days])
            for day in (found.first + timedelta(days=n) for n in range(found.days))
        ],
    )


def salaries(said: MarketAsked, *, today: date) -> SalariesOut:
    """Return what is paid."""
    found = span_of(said, today=today, names=("pay",))
    return SalariesOut(
        **_asked(said, found, today),
        salaries=[_pay(pay) for pay in pays(found.now, by_seniority=False)],
        by_seniority=[_pay(pay) for pay in pays(found.now, by_seniority=True)],
    )


def _asked(said: MarketAsked, found: Span, today: date) -> dict[str, Any]:
    return {
        "time_range_days": said.time_range,
        "date_from": found.first,
        "date_to": today,
        "location": said.location or None,
        "job_type": said.job_type,
    }


def _total(found: Span) -> dict[str, Any]:
    now, before = found.now.n, found.before.n
    return {"total_postings": now, "previous_total": before, "growth_percentage": growth(now, before)}


def _top(now: Counter[str], before: Counter[str], most: int | None = TOP) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, times in sorted(now.items(), key=lambda one: (-one[1], one[0]))[:most]:
        yield name, _growing(times, before[name])


def _growing(now: int, before: int) -> dict[str, Any]:
    return {"count": now, "previous_count": before, "growth_percentage": growth(now, before)}


def _pay(pay: Pay) -> SalaryGroup:
    return SalaryGroup(
        currency=pay.currency, seniority=pay.seniority or None, n=pay.n, p25=pay.lower, median=pay.median, p75=pay.upper
    )
