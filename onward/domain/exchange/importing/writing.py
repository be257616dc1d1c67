"""Carrying a plan out."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db import transaction

from onward.domain.applications import services as applications
from onward.domain.applications.services import Arrival
from onward.domain.companies import services as companies
from onward.domain.exchange.importing.planning import Plan
from onward.domain.exchange.importing.present import Present
from onward.domain.exchange.importing.rows import Fate, Row
from onward.platform.record import name_key


@dataclass(slots=True)
class Outcome:
    """What an import did, row by row. :ivar made: the ids of the applications, in the order of their rows"""

    created: list[Row] = field(default_factory=list)
    skipped: list[Row] = field(default_factory=list)
    failed: list[Row] = field(default_factory=list)
    made: list[int] = field(default_factory=list)


@transaction.atomic
def carry_out(plan: Plan, *, progress: Callable[[int], object] = lambda rows: None) -> Outcome:
    """Do what a plan says: all of it, or nothing where it is stopped.

    :param progress: told now and then how many more rows are written
    """
    # Two imports into one account take turns, and the second sees what the first has made since it was planned. The
    # row itself stays free for those who only refer to it.
    get_user_model().objects.select_for_update(no_key=True).get(pk=plan.owner_id)
    rows = Present(plan.owner_id, after=plan.newest).settle_own(plan.of(Fate.CREATE))
    entries = [row.entry for row in rows if row.fate is Fate.CREATE and row.entry]
    known = companies.find_or_create_all(owner_id=plan.owner_id, names=[entry.company for entry in entries], at=plan.at)
    made = applications.take_in(
        owner_id=plan.owner_id,
        arrivals=[
            Arrival(known[name_key(entry.company)], entry.values, entry.created_at, entry.notes) for entry in entries
        ],
        at=plan.at,
        progress=progress,
    )
    outcome = Outcome(
        made=made,
        created=[row for row in rows if row.fate is Fate.CREATE],
        skipped=[*plan.of(Fate.SKIP), *(row for row in rows if row.fate is Fate.SKIP)],
        failed=plan.of(Fate.FAIL),
    )
    outcome.skipped.sort(key=lambda row: (row.sheet, row.number))
    return outcome
