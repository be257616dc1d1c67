"""Taking in a file whose rows are read strictly: each is created, is there already, or fails and is told why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from onward.domain.applications import services as applications
from onward.domain.applications.models import SavedJob
from onward.domain.applications.services import Arrival
from onward.domain.applications.services.saved_jobs import lock_jobs, said_of
from onward.domain.companies import services as companies
from onward.domain.companies.models import Company
from onward.domain.exchange import queries
from onward.domain.exchange.importing.reading import read
from onward.domain.exchange.importing.rows import Identity
from onward.domain.exchange.importing.strict_rows import Given, Problem, StrictReader, Terms
from onward.platform.record import name_key


@dataclass(slots=True)
class StrictOutcome:
    """What an import did. :ivar total: rows that hold anything; :ivar failed: rows, each of which has problems"""

    total: int = 0
    duplicates: int = 0
    failed: int = 0
    created: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def take_strictly(source: bytes, *, owner_id: int, at: datetime, terms: Terms) -> StrictOutcome:
    """Read a file of applications and take in those that are not in the record: all of them, or none where it fails.

    Two imports into one account take turns, and the second sees what the first has made.

    :param at: the time on the owner's clock
    :raises Invalid: when the file cannot be read at all
    """
    file = read(source, terms.meanings())
    rows: list[Given] = []
    own = bool(file.tables)
    for table in file.tables:
        reader = StrictReader(table, terms, zone=at.tzinfo)
        own = own and reader.is_own
        rows += [row for line in table.lines if (row := reader.row(line))]
    return _carry_out(rows, own=own, owner_id=owner_id, at=at, terms=terms)


@transaction.atomic
def _carry_out(rows: Sequence[Given], *, own: bool, owner_id: int, at: datetime, terms: Terms) -> StrictOutcome:
    get_user_model().objects.select_for_update(no_key=True).get(pk=owner_id)
    outcome = StrictOutcome(total=len(rows))
    jobs = lock_jobs(owner_id=owner_id, pks={row.job_id for row in rows if row.job_id is not None})
    wanted = [row for row in rows if _is_whole(row, jobs, terms)]
    present = _Present(owner_id)
    new = present.settle_own(wanted) if own else present.settle(wanted, jobs)
    made = companies.find_or_create_all(owner_id=owner_id, names=[row.company for row in new], at=at)
    outcome.created = applications.take_in(
        owner_id=owner_id, at=at, arrivals=[_arrival(row, made[name_key(row.company)], jobs) for row in new]
    )
    outcome.problems = [problem for row in rows for problem in row.problems]
    outcome.failed = sum(bool(row.problems) for row in rows)
    outcome.duplicates = len(wanted) - len(new)
    return outcome


def _is_whole(row: Given, jobs: dict[int, SavedJob], terms: Terms) -> bool:
    """Fill in what a row's job says, and tell whether nothing is wrong with it."""
    if row.job_id is not None:
        job = jobs.get(row.job_id)
        if job is None:
            row.problems.append(Problem(row.number, terms.names["job_id"], "Job not found.", str(row.job_id)))
            return False
        said = said_of(job)
        company, notes = said.pop("company_name"), said.pop("notes")
        row.company = row.company or company
        row.notes = row.notes or [note for note in (notes,) if note]
        row.values = said | row.values
    return not row.problems


def _arrival(row: Given, company: Company, jobs: dict[int, SavedJob]) -> Arrival:
    job = jobs.get(row.job_id) if row.job_id is not None else None
    notes = ["\n\n".join(row.notes)] if row.notes else []
    return Arrival(company, row.values, row.created_at, notes, row.documents, job)


class _Present:
    """One owner's applications, as far as they tell whether a row is one of them.

    Two are the same whose company and title are, on the same day where both name one.
    """

    def __init__(self, owner_id: int) -> None:
        self._days: dict[Identity, Counter[date | None]] = defaultdict(Counter)
        for company_key, title, applied in queries.identities(owner_id=owner_id):
            self._days[Identity(company_key, name_key(title))][applied] += 1

    def settle(self, rows: Iterable[Given], jobs: dict[int, SavedJob]) -> list[Given]:
        """Return the rows that are neither in the record nor further up in the file."""
        taken = {pk for pk, job in jobs.items() if job.application_id is not None}
        new = []
        for row in rows:
            day, days = row.values.get("applied_date"), self._days[_identity(row)]
            if row.job_id in taken or (days if day is None else days.keys() & {day, None}):
                continue
            days[day] += 1
            if row.job_id is not None:
                taken.add(row.job_id)
            new.append(row)
        return new

    def settle_own(self, rows: Sequence[Given]) -> list[Given]:
        """Return the rows of an export of ours that are not in the record.

        The record held each of its rows, also those that look alike. So an application accounts for one row; those of
        the same day before those that say none.
        """
        left = [row for row in rows if not self._take(row, [row.values.get("applied_date")])]
        return [row for row in left if not self._take(row, self._compatible(row))]

    def _compatible(self, row: Given) -> list[date | None]:
        day = row.values.get("applied_date")
        return [None] if day is not None else list(self._days[_identity(row)])

    def _take(self, row: Given, days: Iterable[date | None]) -> bool:
        there = self._days[_identity(row)]
        day = next((day for day in days if there[day] > 0), _NO_DAY)
        if day is _NO_DAY:
            return False
        there[day] -= 1  # type: ignore[index]
        return True


_NO_DAY = object()


def _identity(row: Given) -> Identity:
    return Identity(name_key(row.company), name_key(row.values["job_title"]))
