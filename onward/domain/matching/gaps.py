"""What somebody lacks that openings of their field ask for, and how many more would suit them with it.

The market is the postings of the person's own fields and the jobs that they track themselves; nobody else's.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from onward.domain.matching import openings
from onward.domain.matching.openings import Listed
from onward.domain.matching.people import person
from onward.domain.matching.rarity import of_the_market
from onward.domain.matching.score import GOOD, Held, Person, Rarity, measure
from onward.domain.matching.titles import differ

TOP = 20


@dataclass(frozen=True, slots=True)
class Demand:
    """What openings ask for.

    :ivar count: openings that name the skill
    :ivar opens: those that would suit the person with it (a score of 70 or more) and do not without; 0 where it is held
    """

    skill: str
    count: int
    is_held: bool
    opens: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What somebody has and lacks. :ivar openings: how many were looked at :ivar top: what most of them name"""

    held: Sequence[str]
    top: Sequence[Demand]
    openings: int

    @property
    def missing(self) -> list[Demand]:
        """What is not held, what opens most first."""
        lacking = (demand for demand in self.top if not demand.is_held)
        return sorted(lacking, key=lambda demand: (-demand.opens, -demand.count, demand.skill))

    @property
    def coverage(self) -> float:
        """How many of the skills that most openings name are held, of 100."""
        held = sum(demand.is_held for demand in self.top)
        return round(100 * held / len(self.top), 1) if self.top else 0.0


def gap(*, owner_id: int, at: datetime) -> Gap:
    """Return what somebody lacks. :param at: now, on their clock"""
    who = person(owner_id=owner_id, on=at.date())
    own = openings.own_jobs(owner_id=owner_id, which=openings.ALL)
    found = openings.postings(person=who, owner_id=owner_id, at=at)
    saved = {listed.posting_id for listed in own}
    others = [
        listed
        for listed in found
        if listed.posting_id not in saved and not differ(who.fields, listed.opening.title.fields)
    ]
    return of(who, [*own, *others], at=at)


def of(who: Person, market: Sequence[Listed], *, at: datetime) -> Gap:
    """Return what somebody lacks of what a market asks for."""
    counts = Counter(name for listed in market for name in listed.opening.asked.names)
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:TOP]
    rarity = of_the_market(on=at.date())
    unsuited = [one for one in market if measure(who, one.opening, on=at.date(), rarity=rarity).score < GOOD]
    # With what is held as a kind of something else where openings name it, as SQL with PostgreSQL.
    held = {held.name for held in who.held.values()} | {name for name, _ in top if name.casefold() in who.held}
    return Gap(
        held=sorted(held, key=str.casefold),
        top=[
            Demand(name, count, name.casefold() in who.held, _opens(who, name, unsuited, at, rarity))
            for name, count in top
        ],
        openings=len(market),
    )


def _opens(who: Person, name: str, unsuited: Sequence[Listed], at: datetime, rarity: Rarity) -> int:
    if name.casefold() in who.held:
        return 0
    held: Mapping[str, Held] = {**who.held, name.casefold(): Held(name)}
    more = replace(who, held=held)
    naming = (listed for listed in unsuited if name in listed.opening.asked.names)
    return sum(measure(more, listed.opening, on=at.date(), rarity=rarity).score >= GOOD for listed in naming)
