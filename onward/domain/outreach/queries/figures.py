"""What the desk's work adds up to.

Counting takes time in proportion to the leads. What was counted is remembered, in each process, until the desk's
record has another revision or another lead has become stale by the mere passing of time.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock
from typing import Any

from django.db import models
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from onward.domain.accounts.queries import names
from onward.domain.applications.choices import Status
from onward.domain.applications.models import Application, StatusChange
from onward.domain.companies.models import Employer
from onward.domain.outreach.choices import REACHED, LeadStatus
from onward.domain.outreach.models import FollowUp, Lead, LeadStatusChange, Revision
from onward.domain.outreach.queries.leads import OPEN, STALE_AFTER
from onward.platform.wire import Param, Statement
from onward.platform.wire.statement import Part, Queryset

# How many of each board of leaders are named.
LEADERS = 10
NO_INDUSTRY = ""
BOARDS = ("conversions", "contacts", "followups")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How many leads are at a status, and how many ever were."""

    now: int = 0
    ever: int = 0


@dataclass(frozen=True, kw_only=True)
class Industry:
    """How many companies of an industry have leads, and how many leads they have."""

    industry: str
    companies: int
    leads: int


@dataclass(frozen=True, kw_only=True)
class Leader:
    """Somebody, and how often they did what is counted."""

    user_id: int
    name: str
    count: int


@dataclass(frozen=True, kw_only=True)
class _Counted:
    """What grows with the leads.

    :ivar until: when another lead becomes stale; None while none will
    :ivar leaders: by board, who and how often
    """

    until: datetime | None
    stages: dict[str, Standing]
    published: int
    companies_contacted: int
    leads_contacted: int
    stale: int
    industries: list[Industry]
    leaders: dict[str, list[tuple[int, int]]]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What the dashboard shows.

    :ivar stages: by status
    :ivar published: leads whose posting is on the board; the applications to these, and how many came to an offer
    :ivar leaders: by what is counted: conversions, contacts, followups
    """

    stages: dict[str, Standing]
    published: int
    applications: int
    offers: int
    companies_contacted: int
    leads_contacted: int
    followups_due: int
    stale: int
    industries: list[Industry]
    leaders: dict[str, list[Leader]]

    @property
    def conversions(self) -> int:
        """How many leads were ever converted."""
        return self.stages[LeadStatus.CONVERTED].ever


def figures(*, today: date, at: datetime) -> Figures:
    """Return what the desk's work adds up to. :param today: the day on the asker's clock"""
    revision, due, applications, offers = _fresh(today)
    counted = _counted(revision, at)
    return Figures(
        stages=counted.stages,
        published=counted.published,
        applications=applications,
        offers=offers,
        companies_contacted=counted.companies_contacted,
        leads_contacted=counted.leads_contacted,
        followups_due=due,
        stale=counted.stale,
        industries=counted.industries,
        leaders=_named(counted.leaders),
    )


def _of_a_lead() -> QuerySet[Application]:
    """Return the applications to postings of leads; a wish is none as yet."""
    of_lead = Exists(Lead.objects.filter(posting_id=OuterRef("posting_id")))
    # Beginning with the applications: of these there are few, whatever a database may know of their number.
    return Application.objects.filter(of_lead, posting__isnull=False).exclude(status=Status.WISHLIST)


def _fresh_figures() -> list[Part]:
    due = FollowUp.objects.filter(completed_at__isnull=True, due_date__lte=Param("today", models.DateField()))
    offered = StatusChange.objects.filter(application=OuterRef("pk"), after__in=(Status.OFFER, Status.ACCEPTED))
    offers = _of_a_lead().filter(Q(status__in=(Status.OFFER, Status.ACCEPTED)) | Exists(offered))
    parts: list[Part] = ["SELECT (", Revision.objects.values("uid")[:1], ")"]
    for rows in (due, _of_a_lead(), offers):
        parts += [", (SELECT count(*) FROM (", rows.values("pk"), ") counted)"]
    return parts


_FRESH = Statement(_fresh_figures)


def _fresh(today: date) -> tuple[Any, int, int, int]:
    """Return the revision, and what is found by an index: follow-ups due, applications, and offers."""
    ((revision, due, applications, offers),) = _FRESH.rows(today=today)
    return revision, due, applications, offers


_known: dict[str, _Counted] = {}
_counting = Lock()


def _counted(revision: Any, at: datetime) -> _Counted:
    """Return what was counted at a revision; whoever comes while it is counted waits for that."""
    with _counting:
        found = _known.get(str(revision))
        if found is None or (found.until is not None and found.until <= at):
            found = _count(at)
            _known.clear()
            if revision is not None:
                _known[str(revision)] = found
        return found


_OF_EMPLOYERS = f"""
    SELECT 'leads contacted', '', CAST(coalesce(sum(reached), 0) AS bigint), 0 FROM by_employer UNION ALL
    SELECT 'companies contacted', '', count(employer), 0 FROM by_employer WHERE reached > 0 UNION ALL
    SELECT 'industry', counted.* FROM (
        SELECT coalesce(e.industry, '{NO_INDUSTRY}'), count(b.employer), CAST(sum(b.leads) AS bigint)
        FROM by_employer b LEFT JOIN {Employer._meta.db_table} e ON e.id = b.employer GROUP BY 1
    ) counted UNION ALL """  # noqa: S608 - names of ours


def _counts() -> list[Part]:
    """Return one statement for all that grows with the leads: what is counted, a key, and a number or two.

    What is asked of companies comes of one pass over leads and postings, which costs most of all.
    """
    leads, moves = Lead.objects.order_by(), LeadStatusChange.objects.order_by()
    reached = moves.filter(after__in=REACHED)
    planned = FollowUp.objects.filter(lead=OuterRef("pk"), completed_at__isnull=True)
    waiting = leads.filter(~Exists(planned), status__in=OPEN)
    before = Param("stale_before", models.DateTimeField())
    done = FollowUp.objects.order_by().filter(completed_by__isnull=False)
    by_employer = leads.annotate(employer=F("posting__employer_id")).values("employer")
    is_reached = Q(pk__in=reached.values("lead"))
    by_employer = by_employer.annotate(leads=Count("pk"), reached=Count("pk", filter=is_reached))
    sets = {
        "published": leads.filter(posting__published_at__isnull=False).values("pk"),
        "stale": waiting.filter(touched_at__lt=before).values("pk"),
    }
    groups = {
        "now": leads.values("status").annotate(a=Count("pk"), b=Value(0)).values_list("status", "a", "b"),
        "ever": _by(moves.filter(~Q(after=LeadStatus.NEW)), "after", "lead"),
        "conversions": _by(moves.filter(after=LeadStatus.CONVERTED, changed_by__isnull=False), "changed_by", "lead"),
        "contacts": _by(moves.filter(after=LeadStatus.CONTACTED, changed_by__isnull=False), "changed_by", "lead"),
        "followups": _by(done, "completed_by", "pk"),
        "next stale": waiting.filter(touched_at__gte=before)
        .annotate(key=Cast("touched_at", CharField()), a=Value(0), b=Value(0))
        .order_by("touched_at")
        .values_list("key", "a", "b")[:1],
    }
    parts: list[Part] = ["WITH by_employer AS (", by_employer.values_list("employer", "leads", "reached"), ") "]
    parts += [_OF_EMPLOYERS]
    # The names are those above.
    for name, rows in sets.items():
        parts += [f"SELECT '{name}', '', (SELECT count(*) FROM (", rows, ") counted), 0 UNION ALL "]  # noqa: S608
    for name, rows in groups.items():
        parts += [f"SELECT '{name}', counted.* FROM (", rows, ") counted", " UNION ALL "]  # noqa: S608
    return parts[:-1]


def _by(rows: QuerySet[Any], key: str, what: str) -> Queryset:
    """Count by a column how many different things there are."""
    counted = rows.annotate(key=Cast(key, CharField())).values("key")
    found: Queryset = counted.annotate(a=Count(what, distinct=True), b=Value(0)).values_list("key", "a", "b")
    return found


_COUNTS = Statement(_counts)


def _count(at: datetime) -> _Counted:
    found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for name, key, a, b in _COUNTS.rows(stale_before=at - STALE_AFTER):
        found[name].append((key, a, b))
    alone = {name: rows[0][1] for name, rows in found.items()}
    now = {status: number for status, number, _ in found["now"]}
    # Every lead begins as new, whatever it is now.
    ever = {status: number for status, number, _ in found["ever"]} | {LeadStatus.NEW: sum(now.values())}
    return _Counted(
        until=next((_instant(key) + STALE_AFTER for key, _, _ in found["next stale"]), None),
        stages={s.value: Standing(now=now.get(s, 0), ever=ever.get(s, 0)) for s in LeadStatus},
        published=alone["published"],
        companies_contacted=alone["companies contacted"],
        leads_contacted=alone["leads contacted"],
        stale=alone["stale"],
        industries=[
            Industry(industry=key, companies=companies, leads=leads)
            for key, companies, leads in sorted(found["industry"], key=lambda row: (-row[2], row[0]))
        ],
        leaders={
            board: sorted(((int(key), number) for key, number, _ in found[board]), key=lambda row: (-row[1], row[0]))[
                :LEADERS
            ]
            for board in BOARDS
        },
    )


def _instant(text: str) -> datetime:
    """Read an instant that the database has written; what names no zone is in UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _named(leaders: dict[str, list[tuple[int, int]]]) -> dict[str, list[Leader]]:
    who = {user_id for board in leaders.values() for user_id, _ in board}
    called = names(who) if who else {}
    return {
        board: [Leader(user_id=pk, name=called[pk], count=count) for pk, count in rows if pk in called]
        for board, rows in leaders.items()
    }
