"""Carrying a plan out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from django.contrib.auth import get_user_model
from django.db import DataError, IntegrityError, transaction

from onward.domain.applications import services as applications
from onward.domain.applications.models import Application
from onward.domain.companies import services as companies
from onward.domain.companies.models import Company
from onward.domain.exchange import queries
from onward.domain.exchange.importing.planning import Plan
from onward.domain.exchange.importing.present import Present
from onward.domain.exchange.importing.rows import Entry, Fate, Row
from onward.platform.record import name_key
from onward.platform.refusals import Refusal

# Rows in one transaction: few enough that nobody else waits long for SQLite's one writer.
BATCH = 50


@dataclass(slots=True)
class Outcome:
    """What an import did, row by row."""

    created: list[Row] = field(default_factory=list)
    skipped: list[Row] = field(default_factory=list)
    failed: list[Row] = field(default_factory=list)


def carry_out(plan: Plan, *, progress: Callable[[int], object] = lambda rows: None) -> Outcome:
    """Do what a plan says.

    A row is written whole or not at all, and fails alone. Whoever stops this at any moment can begin again: what is
    there by then is skipped.

    :param progress: told after each transaction how many rows it has dealt with
    """
    outcome = Outcome(skipped=plan.of(Fate.SKIP), failed=plan.of(Fate.FAIL))
    rows = plan.of(Fate.CREATE)
    writer = Writer(plan)
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        for row in writer.write(batch):
            {Fate.CREATE: outcome.created, Fate.SKIP: outcome.skipped, Fate.FAIL: outcome.failed}[row.fate].append(row)
        progress(len(batch))
    for done in (outcome.skipped, outcome.failed):
        done.sort(key=lambda row: row.number)
    return outcome


class Writer:
    """Writes the rows of one plan, a transaction at a time."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._arrived = Present(plan.owner_id, after=plan.newest)
        self._made: set[int] = set()

    @transaction.atomic
    def write(self, batch: Sequence[Row]) -> list[Row]:
        """Write rows and say what became of each."""
        # Two imports into one account take turns, and the second sees what the first has made since it was planned.
        # The row itself stays free for those who only refer to it.
        get_user_model().objects.select_for_update(no_key=True).get(pk=self._plan.owner_id)
        self._arrived.look(but=self._made)
        names = {name_key(row.entry.company) for row in batch if row.entry}
        known = queries.companies_named(owner_id=self._plan.owner_id, keys=names)
        return [self._row(row, known) for row in batch]

    def _row(self, row: Row, known: dict[str, Company]) -> Row:
        entry = row.entry
        assert entry is not None
        if reason := self._arrived.take(entry):
            return replace(row, fate=Fate.SKIP, reason=reason)
        try:
            with transaction.atomic():
                application = self._write(entry, known)
        except Refusal as refusal:
            return replace(row, fate=Fate.FAIL, reason=_sentence(refusal))
        except (DataError, IntegrityError, UnicodeError):
            return replace(row, fate=Fate.FAIL, reason="the database does not accept it")
        # Only now: what a failed row has made is gone again.
        self._made.add(application.pk)
        known[name_key(entry.company)] = application.company
        return row

    def _write(self, entry: Entry, known: dict[str, Company]) -> Application:
        owner_id = self._plan.owner_id
        at = self._plan.at
        company = known.get(name_key(entry.company)) or companies.find_or_create(
            owner_id=owner_id, name=entry.company, at=at
        )
        application = applications.create(
            owner_id=owner_id, company_id=company.pk, at=at, created_at=entry.created_at, **entry.values
        )
        application.company = company
        for content in entry.notes:
            applications.add_note(application=application, content=content, at=at)
        return application


def _sentence(refusal: Refusal) -> str:
    fields = [f"{name}: {' '.join(said)}" if name else " ".join(said) for name, said in refusal.fields.items()]
    return "; ".join(fields) or refusal.message
