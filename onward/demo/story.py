"""What happens in the demo, and when: plain data, the same for the same day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from onward.demo import vocabulary
from onward.demo.vocabulary import FIRMS, ROLES, Firm, Role
from onward.domain.applications.choices import Status
from onward.domain.interviews.choices import InterviewStatus, InterviewType, Outcome

SEED = 20
OLDEST = 180
"""How many days ago the search began."""

A, S, I, O = Status.APPLIED, Status.SCREENING, Status.INTERVIEWING, Status.OFFER  # noqa: E741 - short for the table
# A way through the search, how many applications take it, and how many days ago they were sent.
WAYS: tuple[tuple[tuple[Status, ...], int, tuple[int, int]], ...] = (
    ((Status.WISHLIST,), 6, (1, 12)),
    ((Status.WISHLIST, A), 4, (2, 9)),
    ((A,), 10, (1, 24)),
    ((A, S), 5, (7, 20)),
    ((A, S, I), 6, (18, 42)),
    ((A, S, I, O), 2, (30, 50)),
    ((A, S, I, O, Status.ACCEPTED), 1, (120, 140)),
    ((A, S, I, O, Status.WITHDRAWN), 1, (80, 110)),
    ((A, S, I, Status.REJECTED), 5, (40, 170)),
    ((A, S, I, Status.WITHDRAWN), 1, (50, 90)),
    ((A, S, Status.REJECTED), 6, (25, 165)),
    ((A, S, Status.WITHDRAWN), 2, (40, 120)),
    ((A, Status.REJECTED), 11, (20, 175)),
    ((A, Status.WITHDRAWN), 1, (60, 100)),
    ((A, Status.GHOSTED), 12, (60, 176)),
)
# Days from one status to the next.
PACE = {
    A: (2, 4),
    S: (3, 11),
    I: (5, 10),
    O: (12, 18),
    Status.ACCEPTED: (3, 7),
    Status.REJECTED: (5, 16),
    Status.WITHDRAWN: (5, 12),
    Status.GHOSTED: (32, 50),
}
SOURCES = [
    *["linkedin"] * 6,
    *["company_site"] * 4,
    *["indeed"] * 3,
    *["referral"] * 3,
    *["recruiter"] * 2,
    "glassdoor",
    "job_fair",
    "other",
]
WORK_TYPES = ("remote", "hybrid", "hybrid", "onsite")
PRIORITIES = ("high", "medium", "medium", "medium", "low")
LATER_ROUNDS = (
    InterviewType.TECHNICAL,
    InterviewType.CODING,
    InterviewType.SYSTEM_DESIGN,
    InterviewType.BEHAVIORAL,
)

# Something that happens, and when.
Step = tuple[datetime, Callable[[], Any]]


@dataclass(slots=True)
class Move:
    """A status, and when it was reached."""

    to: Status
    at: datetime


@dataclass(slots=True)
class Meeting:
    """An interview: when it was arranged, when it takes place and how it went."""

    kind: InterviewType
    round_number: int
    arranged_at: datetime
    scheduled_at: datetime
    minutes: int
    titles: str
    status: InterviewStatus = InterviewStatus.SCHEDULED
    outcome: Outcome = Outcome.PENDING
    after: str = ""


@dataclass(slots=True)
class Remark:
    """A note, and when it was written."""

    kind: str
    text: str
    at: datetime


@dataclass(slots=True)
class Pursuit:
    """One application from its first day to where it stands."""

    firm: Firm
    role: Role
    title: str
    number: int
    source: str
    work_type: str
    priority: str
    letter: str
    moves: list[Move]
    meetings: list[Meeting] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    next_action: str = ""
    next_action_date: date | None = None

    @property
    def status(self) -> Status:
        """Where it stands now."""
        return self.moves[-1].to

    @property
    def offered(self) -> datetime | None:
        """When the offer came; none, where there was none."""
        return next((move.at for move in self.moves if move.to == O), None)


def tell(*, at: datetime) -> list[Pursuit]:
    """Tell the whole search as it stands at a moment; the moment's day is the story's today."""
    random = Random(SEED)  # noqa: S311 - a story, not a secret
    firms = [*FIRMS, *random.choices(FIRMS, k=sum(count for _, count, _ in WAYS) - len(FIRMS))]
    random.shuffle(firms)
    pursuits: list[Pursuit] = []
    for way, count, ages in WAYS:
        for _ in range(count):
            pursuits.append(_pursuit(random, firms.pop(), way, ages, len(pursuits), at))
    _settle_today(pursuits, at)
    return sorted(pursuits, key=lambda pursuit: pursuit.moves[0].at)


def _pursuit(
    random: Random, firm: Firm, way: tuple[Status, ...], ages: tuple[int, int], number: int, at: datetime
) -> Pursuit:
    role = random.choice(ROLES)
    moves = _moves(random, way, ages, at)
    pursuit = Pursuit(
        firm=firm,
        role=role,
        title=f"{role.title} (three-month contract)" if Status.ACCEPTED in way else role.title,
        number=4000 + 37 * number,
        source=random.choice(SOURCES),
        work_type="remote" if firm.location.startswith("Remote") else random.choice(WORK_TYPES),
        priority="high" if O in way else random.choice(PRIORITIES),
        letter=vocabulary.COVER_LETTER if random.random() < 0.3 else "",
        moves=moves,
    )
    _meet(random, pursuit, at)
    _remark(random, pursuit, at)
    if pursuit.status in vocabulary.NEXT:
        pursuit.next_action = vocabulary.NEXT[pursuit.status]
        pursuit.next_action_date = at.date() + timedelta(days=random.randint(-2, 9))
    return pursuit


def _moves(random: Random, way: tuple[Status, ...], ages: tuple[int, int], at: datetime) -> list[Move]:
    pauses = [random.randint(*PACE[status]) for status in way[1:]]
    age = max(random.randint(*ages), sum(pauses) + 1)
    moves = []
    for status, pause in zip(way, [0, *pauses], strict=True):
        age -= pause
        moves.append(Move(status, _moment(random, at, age)))
    return moves


def _moment(random: Random, at: datetime, days_ago: int) -> datetime:
    day = at.date() - timedelta(days=days_ago)
    return min(at, datetime.combine(day, time(random.randint(8, 19), random.randint(0, 59)), tzinfo=UTC))


def _meet(random: Random, pursuit: Pursuit, at: datetime) -> None:
    """Arrange the interviews of each stage between its beginning and the next move, or around today."""
    for here, beyond in zip(pursuit.moves, [*pursuit.moves[1:], None], strict=True):
        if here.to == S:
            kinds = [InterviewType.PHONE]
        elif here.to == I:
            kinds = random.sample(LATER_ROUNDS, 2)
            if beyond and beyond.to == O:
                kinds.append(random.choice((InterviewType.ONSITE, InterviewType.HR)))
        else:
            continue
        end = beyond.at.date() if beyond else at.date() + timedelta(days=random.randint(3, 9))
        days = (end - here.at.date()).days
        for place, kind in enumerate(kinds, 1):
            day = here.at.date() + timedelta(days=max(1, days * place // (len(kinds) + 1)))
            # With nothing beyond it the stage is going on: its last round is still to come.
            if not beyond and place == len(kinds):
                day = end
            _arrange(random, pursuit, kind, here.at, _weekday(day), beyond, at)
        _end_stage(random, pursuit, beyond)


def _arrange(
    random: Random,
    pursuit: Pursuit,
    kind: InterviewType,
    arranged_at: datetime,
    day: date,
    beyond: Move | None,
    at: datetime,
) -> None:
    minutes, titles = vocabulary.ROUNDS[kind]
    begins = datetime.combine(day, time(random.choice((9, 10, 11, 13, 14, 15)), random.choice((0, 30))), tzinfo=UTC)
    latest = beyond.at - timedelta(hours=4) if beyond else None
    meeting = Meeting(
        kind=kind,
        round_number=len(pursuit.meetings) + 1,
        arranged_at=arranged_at,
        scheduled_at=min(begins, latest) if latest else begins,
        minutes=minutes,
        titles=titles,
    )
    if meeting.scheduled_at + timedelta(minutes=minutes) < at:
        meeting.status, meeting.outcome = InterviewStatus.COMPLETED, Outcome.PASSED
        meeting.after = random.choice(vocabulary.WENT["passed"])
    pursuit.meetings.append(meeting)


def _end_stage(random: Random, pursuit: Pursuit, beyond: Move | None) -> None:
    last = pursuit.meetings[-1]
    if beyond and beyond.to == Status.REJECTED:
        last.outcome, last.after = Outcome.FAILED, random.choice(vocabulary.WENT["failed"])
    elif beyond and beyond.to == Status.WITHDRAWN:
        last.status, last.outcome, last.after = InterviewStatus.CANCELLED, Outcome.PENDING, ""


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _remark(random: Random, pursuit: Pursuit, at: datetime) -> None:
    for move in pursuit.moves:
        if random.random() < 0.45:
            kind, text = random.choice(vocabulary.NOTES[move.to])
            pursuit.remarks.append(Remark(kind, text, min(at, move.at + timedelta(minutes=random.randint(5, 180)))))


def _settle_today(pursuits: list[Pursuit], at: datetime) -> None:
    """Let one interview be today: this afternoon, or soon when the afternoon has begun."""
    coming = [
        meeting
        for pursuit in pursuits
        for meeting in pursuit.meetings
        if pursuit.status == I and meeting.status == InterviewStatus.SCHEDULED
    ]
    soon = (at + timedelta(minutes=75)).replace(minute=0, second=0, microsecond=0)
    afternoon = datetime.combine(at.date(), time(15), tzinfo=UTC)
    coming[0].scheduled_at = soon if soon > afternoon and soon.date() == at.date() else afternoon
    # And one has been moved to another day, as happens.
    coming[1].status = InterviewStatus.RESCHEDULED
