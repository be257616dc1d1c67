"""How much an opening has of what somebody who looks for internships asks for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from onward.domain.ingestion.found import Found
from onward.domain.ingestion.judgement.places import spots

# The most that each part adds; together 100.
TYPE, PLACE, FRESHNESS, COMPLETENESS, PAY = 30, 20, 20, 20, 10
# Of the most, for a posting of this age at most; older ones have nothing.
_AGES = ((timedelta(days=7), 20), (timedelta(days=30), 14), (timedelta(days=90), 7))
_AGE_UNKNOWN = 10
# Signs of plain text that describe an opening.
DESCRIBED = 300


@dataclass(frozen=True, slots=True)
class Parts:
    """What adds to a score: whole numbers."""

    type: int
    place: int
    freshness: int
    completeness: int
    pay: int

    @property
    def total(self) -> int:
        return self.type + self.place + self.freshness + self.completeness + self.pay

    def as_dict(self) -> dict[str, int]:
        """Return the parts by their names, as they are stored and shown."""
        return {name: getattr(self, name) for name in self.__slots__}


def score(found: Found, *, kind: str, at: datetime, company: str = "") -> Parts:
    """Score a posting, 0 to 100. 100 has only an internship in a known place, new, told in full, with its pay.

    :param kind: of internship, or nothing for a job
    :param company: the employer, where the source does not say
    """
    return Parts(
        type=TYPE if kind else 0,
        place=_place(found),
        freshness=_freshness(found, at),
        completeness=_completeness(found, company),
        pay=_pay(found),
    )


def _place(found: Found) -> int:
    where = spots(found.places, found.work_mode)
    if any(spot.city or spot.is_remote for spot in where):
        return PLACE
    return PLACE // 2 if where else 0


def _freshness(found: Found, at: datetime) -> int:
    if found.closes_on is not None and found.closes_on < at.date():
        return 0
    if found.posted_at is None:
        return _AGE_UNKNOWN
    return next((points for age, points in _AGES if at - found.posted_at <= age), 0)


def _completeness(found: Found, company: str) -> int:
    told = {
        "company": 4 if found.company or company else 0,
        "description": 6 if len(found.description) >= DESCRIBED else 3 if found.description else 0,
        "link": 4 if found.url or found.apply_url else 0,
        "skills": 3 if found.skills or found.department else 0,
        "deadline": 3 if found.closes_on else 0,
    }
    return sum(told.values())


def _pay(found: Found) -> int:
    pay = found.pay
    if pay is None or (pay.minimum is None and pay.maximum is None):
        return 0
    return PAY if pay.currency and pay.period else PAY // 2
