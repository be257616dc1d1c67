"""How well an opening suits somebody: 0 to 100, from a few parts, each with what it rests on.

Every part has a weight. A part of which nothing is known is left out of what is shown, and counts neither for nor
against: as `UNKNOWN`. So what is known decides, and an opening of which little is known stands in the middle. Where
nothing is known of the work itself (no skill, no title), the score is 0.

Laws (`tests/domain/matching/test_score.py`): one more shared skill never lowers a score; an opening whose named skills
are all held and which nothing contradicts has 70 or more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from onward.domain.accounts.choices import WorkType
from onward.domain.board.choices import Period
from onward.domain.companies.names import name_key
from onward.domain.feed.asking import Asked, Level
from onward.domain.ingestion.judgement.places import Spot, is_at
from onward.domain.matching.areas import countries
from onward.domain.matching.titles import Title, differ, likeness

SKILLS, MUSTS, TITLE, SENIORITY, PLACE, SALARY, FRESHNESS = (
    "skills",
    "must_haves",
    "title",
    "seniority",
    "place",
    "salary",
    "freshness",
)
WEIGHTS = {SKILLS: 24, MUSTS: 16, TITLE: 20, SENIORITY: 15, PLACE: 20, SALARY: 3, FRESHNESS: 2}
UNKNOWN = 60.0
GOOD = 70
# What is left of a score where something plainly speaks against an opening: another field, two steps of level, another
# country.
AGAINST = 0.6
# What a wish weighs beside a must.
WISH = 0.5
# Of titles: of the same field without a word in common, and without anything in common.
SAME_FIELD, OTHER_WORDS = 0.25, 50.0
# What a title that somebody had before counts beside the one that they look for, or have.
BEFORE = 0.4
# Steps that an opening stands above somebody, or below.
ABOVE, BELOW = (100.0, 50.0, 0.0), (100.0, 50.0, 0.0)
# Days, in which an opening becomes as old as it can.
OLD = 60
_A_YEAR = {Period.YEAR: 1, Period.MONTH: 12, Period.WEEK: 52, Period.DAY: 230, Period.HOUR: 1800}

Rarity = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Held:
    """Where it says that somebody has a skill.

    :ivar name: the skill as it is listed: `PostgreSQL`, where databases are asked for
    :ivar line: of the résumé; empty where the profile lists it
    """

    name: str
    line: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """What is known of somebody who looks for work.

    :ivar held: by the skill's name in small letters; what a skill is a kind of is held with it
    :ivar wanted: the title of the work that they look for, else of what they did last; the best first
    :ivar salary: the least a year, in `currency`
    :ivar fields: of work, that the titles tell
    """

    held: Mapping[str, Held] = field(default_factory=dict)
    titles: tuple[Title, ...] = ()
    level: Level | None = None
    places: tuple[Spot, ...] = ()
    work_type: str = WorkType.ANY
    salary: int | None = None
    currency: str = ""
    avoided: frozenset[str] = frozenset()

    fields: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", frozenset(name for title in self.titles for name in title.fields))


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """What is compared of a job that somebody tracks, or of a posting. :ivar since: when it was posted"""

    title: Title
    asked: Asked
    places: tuple[Spot, ...] = ()
    work_mode: str = ""
    pay_min: Decimal | float | None = None
    pay_max: Decimal | float | None = None
    currency: str = ""
    period: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A score with its parts, each 0 to 100; what is not known has none."""

    exact: float
    parts: dict[str, float]

    @property
    def score(self) -> int:
        return int(self.exact + 0.5)


def company_key(name: str) -> str:
    """Return what makes two companies' names the same, as postings keep it."""
    return name_key(name).removeprefix("the ")


def alike(name: str) -> float:
    """Weigh every skill the same."""
    return 1.0


def measure(person: Person, opening: Opening, *, on: date, rarity: Rarity = alike) -> Measure:
    """Measure how well an opening suits somebody.

    :param on: today
    :param rarity: how much a skill tells, by its name: what few openings ask for says more
    """
    skills, musts = _shares(person, opening.asked, rarity)
    found = {
        SKILLS: skills,
        MUSTS: musts,
        TITLE: _title(person, opening.title),
        SENIORITY: _seniority(person.level, opening.asked.level),
        PLACE: _place(person, opening),
        SALARY: _salary(person, opening),
        FRESHNESS: None if opening.since is None else 100.0 * max(0, 1 - max(0, (on - opening.since).days) / OLD),
    }
    parts = {name: value for name, value in found.items() if value is not None}
    if SKILLS not in parts and TITLE not in parts:
        return Measure(0.0, parts)
    weights = dict(WEIGHTS)
    if MUSTS not in parts and SKILLS in parts:
        weights[SKILLS] += weights.pop(MUSTS)
    total = sum(weight * parts.get(name, UNKNOWN) for name, weight in weights.items())
    against = any(parts.get(name) == 0 for name in (TITLE, SENIORITY, PLACE))
    return Measure((AGAINST if against else 1) * total / sum(weights.values()), parts)


def _shares(person: Person, asked: Asked, rarity: Rarity) -> tuple[float | None, float | None]:
    """Return how much of what is named somebody holds, with the wishes and without, of 100."""
    must_met, must_total = _held(person, asked.required, rarity)
    met, total = _held(person, asked.wished, rarity)
    met, total = must_met + WISH * met, must_total + WISH * total
    return 100 * met / total if total else None, 100 * must_met / must_total if must_total else None


def _held(person: Person, groups: tuple[tuple[str, ...], ...], rarity: Rarity) -> tuple[float, float]:
    met = total = 0.0
    for group in groups:
        # The most common of them is what is easiest to have.
        worth = rarity(group[0]) if len(group) == 1 else min(map(rarity, group))
        total += worth
        met += worth if has(person, group) else 0
    return met, total


def has(person: Person, group: tuple[str, ...]) -> Held | None:
    """Return what of a person meets a group of skills of which one is enough."""
    for name in group:
        held = person.held.get(name.casefold())
        if held is not None:
            return held
    return None


def _title(person: Person, title: Title) -> float | None:
    if not person.titles or not title.stems:
        return None
    if differ(person.fields, title.fields):
        return 0.0
    best = max(likeness(own, title) * (BEFORE if place else 1) for place, own in enumerate(person.titles))
    if person.fields & title.fields:
        best = max(best, SAME_FIELD)
    return UNKNOWN + (100 - UNKNOWN) * best if best else OTHER_WORDS


def closest(person: Person, title: Title) -> Title | None:
    """Return the one of somebody's titles that a title is most like."""
    best = max(person.titles, key=lambda own: likeness(own, title), default=None)
    return best if best and likeness(best, title) else None


def _seniority(own: Level | None, asked: Level | None) -> float | None:
    if own is None or asked is None:
        return None
    steps = asked - own
    row = ABOVE if steps >= 0 else BELOW
    return row[min(abs(steps), len(row) - 1)]


def _place(person: Person, opening: Opening) -> float | None:
    remote = opening.work_mode == WorkType.REMOTE or any(spot.is_remote for spot in opening.places)
    if person.work_type == WorkType.REMOTE and not remote and opening.work_mode:
        return 10.0
    where = tuple(spot for spot in opening.places if spot.city or spot.region or spot.countries)
    wanted = tuple(spot for spot in person.places if spot.city or spot.region or spot.countries)
    if remote:
        return 100.0 if not (where and wanted) or _share_country(where, wanted) else 0.0
    if not wanted or not where:
        return None
    if is_at(where, wanted):
        return 100.0
    return 40.0 if _share_country(where, wanted) else 0.0


def _share_country(some: tuple[Spot, ...], others: tuple[Spot, ...]) -> bool:
    """Return whether two sets of places may be in one country."""
    mine, theirs = ({code for spot in spots for code in countries(spot)} for spots in (some, others))
    return not mine or not theirs or not mine.isdisjoint(theirs)


def _salary(person: Person, opening: Opening) -> float | None:
    most = opening.pay_max if opening.pay_max is not None else opening.pay_min
    factor = _A_YEAR.get(Period(opening.period)) if opening.period else None
    if not person.salary or most is None or factor is None or not person.currency:
        return None
    if opening.currency != person.currency:
        return None
    share = float(most) * factor / person.salary
    return 100.0 if share >= 1 else max(0.0, 100 * (share - 0.5))
