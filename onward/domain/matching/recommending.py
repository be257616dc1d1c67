"""What suits somebody best, of the jobs that they track and of postings."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onward.domain.matching import openings
from onward.domain.matching.openings import JOB, Listed
from onward.domain.matching.people import person
from onward.domain.matching.rarity import of_the_market
from onward.domain.matching.reasons import missing, reasons, shared
from onward.domain.matching.score import Measure, Person, measure

MOST_OF_A_COMPANY = 3


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An opening with how well it suits somebody, and why."""

    listed: Listed
    measured: Measure
    person: Person

    def packed(self) -> dict[str, Any]:
        """Return what is shown of it, as JSON takes it."""
        listed, opening = self.listed, self.listed.opening
        low, high, currency, period = listed.pay
        return {
            "kind": listed.kind,
            "pk": listed.pk,
            "posting_id": listed.posting_id,
            "company": listed.company,
            "title": listed.title,
            "location": listed.location,
            "job_type": listed.job_type,
            "work_mode": listed.work_mode,
            "skills": list(listed.skills),
            "pay": [None if low is None else int(low), None if high is None else int(high), currency, period],
            "source": listed.source,
            "url": listed.url,
            "match_score": self.measured.score,
            "parts": {name: round(value) for name, value in self.measured.parts.items()},
            "matched_skills": list(shared(self.person, opening)),
            "missing_skills": missing(self.person, opening),
            "reasons": reasons(self.person, opening, self.measured),
        }


def own_jobs(*, owner_id: int, at: datetime) -> list[Recommendation]:
    """Return the jobs that somebody tracks and has not applied for, the best first.

    :param at: now, on their clock
    """
    who = person(owner_id=owner_id, on=at.date())
    return ranked(who, openings.own_jobs(owner_id=owner_id), at=at)


def jobs(*, owner_id: int, at: datetime, most: int) -> list[Recommendation]:
    """Return what suits somebody best, their own jobs and postings, with at most three of a company.

    Left out is what they have dismissed, applied for or saved already, and companies that they avoid.

    :param at: now, on their clock
    """
    who = person(owner_id=owner_id, on=at.date())
    own = openings.own_jobs(owner_id=owner_id)
    others = openings.unknown_to(owner_id=owner_id, found=openings.postings(person=who, owner_id=owner_id, at=at))
    found = [listed for listed in (*own, *others) if listed.company_key not in who.avoided]
    return _few_of_each(ranked(who, found, at=at), most)


def new(*, owner_id: int, at: datetime, since: datetime) -> list[Recommendation]:
    """Return the postings found since a moment, the best first, with at most three of a company.

    Left out is what `jobs` leaves out. :param at: now, on their clock
    """
    who = person(owner_id=owner_id, on=at.date())
    found = openings.postings(person=who, owner_id=owner_id, at=at)
    fresh = [one for one in found if one.found_at >= since and one.company_key not in who.avoided]
    others = openings.unknown_to(owner_id=owner_id, found=fresh)
    return _few_of_each(ranked(who, others, at=at), len(others))


def ranked(who: Person, found: Iterable[Listed], *, at: datetime) -> list[Recommendation]:
    """Return openings with their scores, the best first; of two alike one's own, and the latest."""
    rarity = of_the_market(on=at.date())
    measured = [
        Recommendation(listed, measure(who, listed.opening, on=at.date(), rarity=rarity), who) for listed in found
    ]
    return sorted(measured, key=_rank)


def _rank(one: Recommendation) -> tuple[float, bool, int]:
    return -one.measured.exact, one.listed.kind != JOB, -one.listed.pk


def _few_of_each(found: Sequence[Recommendation], most: int) -> list[Recommendation]:
    counts: Counter[str] = Counter()
    kept: list[Recommendation] = []
    for one in found:
        counts[one.listed.company_key] += 1
        if counts[one.listed.company_key] <= MOST_OF_A_COMPANY:
            kept.append(one)
        if len(kept) == most:
            break
    return kept
