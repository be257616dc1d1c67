"""Writing companies as the whole server knows them.

There is one of each name, less its legal form and without regard to case (`names.name_key`); two share a name only
where their domains differ. Which one is meant by a name and a domain, the rows of `EmployerName` say, those of former
names and domains among them. Every value has its origin, and what comes from further back in `TRUST` replaces nothing
that comes from further in front: what a person wrote stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from onward.domain.companies.choices import TRUST, Origin
from onward.domain.companies.events import EmployerAdded, EmployerChanged
from onward.domain.companies.models import Employer, EmployerName
from onward.domain.companies.names import name_key
from onward.platform.events import publish
from onward.platform.record import append_all, change, change_all, fields_of, locked, save
from onward.platform.refusals import Conflict

Called = tuple[str, str]

FIELDS = fields_of(Employer)
# What a source or an employer's page may say, besides name and domain.
LEARNED = ("website", "industry", "size", "location", "description", "logo_url")
# How many names are looked up at once.
NAMES = 500
# Any number, the same in every process.
MAKERS = 7_206_411_061


@transaction.atomic
def find_or_make(*, called: Iterable[Called], at: datetime) -> dict[Called, int]:
    """Return the employers that are meant by names and domains, those made now that are not there yet.

    Where nobody knew an employer's domain, it has the one that comes with its name from now on. Where all are known
    this costs one statement for each 500 names.

    :param called: each a name, up to 255 characters as it is written, and a domain in small letters, or nothing for one
        that is not known
    :returns: the employers' ids by these pairs; a name that shows nothing is nobody's, and is not among them
    """
    wanted = {pair: name_key(pair[0]) for pair in called}
    # Who comes with a domain first: of two of a new name, the one without a domain is then the same.
    pairs = sorted((pair for pair, key in wanted.items() if key), key=lambda pair: (wanted[pair], not pair[1], pair))
    known = _known({wanted[pair] for pair in pairs})
    if not all(known.has(wanted[pair], pair[1]) for pair in pairs):
        _lock_names()
        # Somebody may have made one while this waited.
        known = _known({wanted[pair] for pair in pairs})
        _make([(wanted[pair], *pair) for pair in pairs], known, at)
    return {pair: known.meant(wanted[pair], pair[1]) for pair in pairs}


@dataclass
class _Known:
    """The employers of some names.

    :ivar rows: by name, the employer of each domain that it was known with; the first one made first
    :ivar domains: by employer, the domain that it has now
    """

    rows: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    domains: dict[int, str] = field(default_factory=dict)

    def find(self, key: str, domain: str) -> int | None:
        """Return the employer that is meant, whether or not anybody knew it to have this domain."""
        rows = self.rows.get(key, {})
        if domain in rows:
            return rows[domain]
        return next((pk for pk in rows.values() if not domain or not self.domains[pk]), None)

    def has(self, key: str, domain: str) -> bool:
        """Return whether there is nothing to be written for a name and a domain."""
        found = self.find(key, domain)
        return found is not None and (not domain or domain in self.rows[key])

    def meant(self, key: str, domain: str) -> int:
        """Return the employer that is meant, where there is one."""
        found = self.find(key, domain)
        assert found is not None
        return found


def _known(keys: Iterable[str], *, but: int | None = None) -> _Known:
    """Return the employers of some names. :param but: one that is left out"""
    known = _Known()
    wanted = sorted(keys)
    for start in range(0, len(wanted), NAMES):
        rows = EmployerName.objects.filter(name_key__in=wanted[start : start + NAMES]).order_by("employer_id", "pk")
        for key, domain, pk, current in rows.values_list("name_key", "domain", "employer_id", "employer__domain"):
            if pk != but:
                known.rows[key][domain] = pk
                known.domains[pk] = current
    return known


def _lock_names() -> None:
    """Wait until nobody else makes or renames employers, and keep others from it until the transaction ends.

    Of two who made the same one at once, neither would see the other's. SQLite lets one write at a time anyhow.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MAKERS])


def _make(wanted: list[tuple[str, str, str]], known: _Known, at: datetime) -> None:
    """Make the employers that are not there, and give a domain to those that had none.

    :param wanted: of each its key, its name and its domain
    """
    new: list[dict[str, Any]] = []
    names: list[tuple[str, str, int]] = []
    adopted: dict[int, str] = {}
    for key, name, domain in wanted:
        found = known.find(key, domain)
        if found is None:
            # Numbered from -1 down, until the database has numbered them.
            found = -1 - len(new)
            new.append(_row(key, name, domain, at))
            known.domains[found] = domain
        elif domain and not known.domains[found]:
            adopted[found] = known.domains[found] = domain
        elif domain in known.rows[key] or not domain:
            continue
        known.rows[key][domain] = found
        names.append((key, domain, found))
    made = append_all(Employer, new)
    real = {-1 - place: pk for place, pk in enumerate(made)}
    append_all(
        EmployerName,
        [{"name_key": key, "domain": domain, "employer_id": real.get(pk, pk)} for key, domain, pk in names],
    )
    _adopt({pk: domain for pk, domain in adopted.items() if pk > 0}, at)
    for rows in known.rows.values():
        rows.update({domain: real.get(pk, pk) for domain, pk in rows.items()})


def _row(key: str, name: str, domain: str, at: datetime) -> dict[str, Any]:
    told = {"name": Origin.SOURCE.value} | ({"domain": Origin.SOURCE.value} if domain else {})
    return {
        "name": name,
        "name_key": key,
        "domain": domain,
        "origins": told,
        "created_at": at,
        "updated_at": at,
    }


def _adopt(domains: dict[int, str], at: datetime) -> None:
    """Give a domain to employers that had none, unless a person has said that they have none."""
    if not domains:
        return
    rows = Employer.objects.filter(pk__in=domains, domain="").select_for_update(no_key=True).order_by("pk")
    change_all(
        Employer,
        ["domain", "origins", "page_read_at", "updated_at"],
        [
            {
                "id": pk,
                "domain": domains[pk],
                "origins": origins | {"domain": Origin.SOURCE.value},
                "page_read_at": None,
                "updated_at": at,
            }
            for pk, origins in rows.values_list("pk", "origins")
            if origins.get("domain") != Origin.PERSON
        ],
    )


@transaction.atomic
def learn(*, told: Mapping[int, Mapping[str, str]], origin: Origin, at: datetime) -> None:
    """Write down what a source, a page or a guess says of employers: where nobody who is trusted more has said it.

    A transaction that calls `find_or_make` as well calls that one first: it waits for others who make employers.

    :param told: by employer, values of `LEARNED`; an empty one says nothing
    """
    rows = Employer.objects.filter(pk__in=told).select_for_update(no_key=True).order_by("pk")
    changed = []
    for row in rows:
        new = {
            name: value
            for name, value in told[row.pk].items()
            if name in LEARNED and value and getattr(row, name) != value and _is_trusted(origin, row.origins.get(name))
        }
        if new:
            values = {name: getattr(row, name) for name in LEARNED} | new
            origins = row.origins | dict.fromkeys(new, origin.value)
            changed.append({"id": row.pk, "origins": origins, "updated_at": at, **values})
    change_all(Employer, [*LEARNED, "origins", "updated_at"], changed)


def _is_trusted(origin: Origin, before: str | None) -> bool:
    return before is None or TRUST.index(origin) <= TRUST.index(Origin(before))


@transaction.atomic
def note_page_read(*, employer_id: int, at: datetime) -> None:
    """Write down that an employer's own page was asked for what it says of itself."""
    Employer.objects.filter(pk=employer_id).update(page_read_at=at)


@transaction.atomic
def add(*, by_id: int | None, name: str, at: datetime, domain: str = "", **fields: Any) -> Employer:
    """Take an employer into the record, as a person knows it.

    :param by_id: who says so; none where the operator does
    :raises Conflict: when there is one of that name, unless their domains differ
    """
    key, domain = name_key(name), domain.lower()
    _lock_names()
    if _known([key]).find(key, domain) is not None:
        raise _taken()
    told = {"name": name, "domain": domain} | {name: value for name, value in fields.items() if name in FIELDS}
    origins = {name: Origin.PERSON.value for name, value in told.items() if value}
    made = Employer.objects.create(name_key=key, origins=origins, created_at=at, updated_at=at, **told)
    EmployerName.objects.create(employer=made, name_key=key, domain=domain)
    publish(EmployerAdded(owner_id=None, at=at, employer_id=made.pk, employer_name=name, by_id=by_id))
    return made


@transaction.atomic
def update(*, employer: Employer, by_id: int | None, at: datetime, **changes: Any) -> Employer:
    """Change what is known of an employer. What is not named stays as it is; what is named is a person's from now on.

    It is still found by its former names and domains.

    :raises Conflict: when another one has its new name, unless their domains differ
    """
    if {"name", "domain"} & changes.keys():
        _lock_names()
    employer = locked(employer)
    if "domain" in changes:
        changes["domain"] = changes["domain"].lower()
    before = {name: getattr(employer, name) for name in changes if name in FIELDS}
    changed = change(employer, FIELDS, changes)
    if not changed:
        return employer
    if {"name", "domain"} & set(changed):
        _rename(employer)
    employer.origins = employer.origins | dict.fromkeys(changed, Origin.PERSON.value)
    save(employer, [*changed, "name_key", "origins"], at=at)
    publish(
        EmployerChanged(
            owner_id=None,
            at=at,
            employer_id=employer.pk,
            employer_name=employer.name,
            by_id=by_id,
            changes={name: [before[name], getattr(employer, name)] for name in changed},
        )
    )
    return employer


def _rename(employer: Employer) -> None:
    key, domain = name_key(employer.name), employer.domain
    if _known([key], but=employer.pk).find(key, domain) is not None:
        raise _taken()
    employer.name_key = key
    EmployerName.objects.get_or_create(employer=employer, name_key=key, domain=domain)


def _taken() -> Conflict:
    problem = "There is a company of this name already."
    return Conflict(problem, fields={"name": [problem]})
