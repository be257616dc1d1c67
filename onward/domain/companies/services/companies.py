"""Writing the companies of persons."""

import uuid
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.companies import queries
from onward.domain.companies.events import CompanyCreated, CompanyDeleted, CompanyUpdated
from onward.domain.companies.models import Company
from onward.platform.bin.services import discard
from onward.platform.events import publish, publish_all
from onward.platform.record import change, clash, fields_of, locked, locked_for_removal, name_key, save
from onward.platform.record.append import append
from onward.platform.refusals import Conflict

FIELDS = fields_of(Company)


def create(*, owner_id: int, name: str, at: datetime, **fields: Any) -> Company:
    """Take a company into somebody's record.

    :raises Conflict: when they have one of that name, whatever its case
    """
    with _one_of_each_name(), transaction.atomic():
        values = {"name": name, "name_key": name_key(name), "uid": uuid.uuid4(), **fields}
        pk = append(Company, owner_id=owner_id, created_at=at, updated_at=at, **values)
        publish(CompanyCreated(owner_id=owner_id, at=at, company_id=pk, company_name=name))
        return Company(pk=pk, owner_id=owner_id, created_at=at, updated_at=at, **values)


def find_or_create(*, owner_id: int, name: str, at: datetime, website: str = "") -> Company:
    """Return somebody's company of this name, made now if there is none; two at once make one.

    :param website: of the company, where it is not known yet
    """
    mine = Company.objects.filter(owner_id=owner_id, name_key=name_key(name))
    found = mine.first()
    if found is None:
        try:
            return create(owner_id=owner_id, name=name, website=website, at=at)
        except Conflict:
            found = mine.get()
    return _with_website(found, website, at) if website and not found.website else found


@transaction.atomic
def find_or_create_all(*, owner_id: int, names: Iterable[str], at: datetime) -> dict[str, Company]:
    """Return somebody's companies of these names by `name_key`, those made now that are not there yet."""
    spelled: dict[str, str] = {}
    for name in names:
        spelled.setdefault(name_key(name), name)
    found = queries.named(owner_id=owner_id, keys=spelled)
    wanted = [
        Company(owner_id=owner_id, name=name, name_key=key, created_at=at, updated_at=at)
        for key, name in spelled.items()
        if key not in found
    ]
    # What somebody else has made of these meanwhile is found.
    Company.objects.bulk_create(wanted, ignore_conflicts=True)
    made = queries.named(owner_id=owner_id, keys=[company.name_key for company in wanted])
    uids = {company.uid for company in wanted}
    publish_all(
        [
            CompanyCreated(owner_id=owner_id, at=at, company_id=company.pk, company_name=company.name)
            for company in made.values()
            if company.uid in uids
        ]
    )
    return found | made


@transaction.atomic
def _with_website(company: Company, website: str, at: datetime) -> Company:
    # Its owner may have told it meanwhile.
    company = locked(company)
    return company if company.website else update(company=company, website=website, at=at)


def point_to(*, company: Company, employer_id: int) -> None:
    """Say which company of the whole server somebody's company is, where that is not known yet."""
    Company.objects.filter(pk=company.pk, employer=None).update(employer_id=employer_id)


def update(*, company: Company, at: datetime, **changes: Any) -> Company:
    """Change what is known of a company. What is not named stays as it is.

    :raises Conflict: when its owner has another one of that name
    """
    with _one_of_each_name(), transaction.atomic():
        company = locked(company)
        changed = change(company, FIELDS, changes)
        if not changed:
            return company
        company.name_key = name_key(company.name)
        save(company, [*changed, "name_key"], at=at)
        publish(
            CompanyUpdated(
                owner_id=company.owner_id, at=at, company_id=company.pk, company_name=company.name, changed=changed
            )
        )
        return company


@transaction.atomic
def delete(*, company: Company, at: datetime) -> None:
    """Remove a company and all applications there.

    :raises Conflict: when another application comes to it at this moment
    """
    event = CompanyDeleted(
        owner_id=company.owner_id,
        at=at,
        company_id=company.pk,
        company_name=company.name,
        applications=company.applications.count(),
    )
    # Announced first: those who react find everything still there, and hold the applications before their company, as
    # everybody does who changes both.
    publish(event)
    company = locked_for_removal(company)
    if company.applications.exists():
        # One that came since then. To wait for it now would be to hold them in the other order.
        raise Conflict("Another application has come to this company. Please try again.")
    discard(company, owner_id=company.owner_id, title=company.name, at=at)


def _one_of_each_name() -> AbstractContextManager[None]:
    return clash(
        constraint="company_is_one_for_its_owner",
        column="companies_company.name_key",
        refusal=Conflict(fields={"name": ["You already have a company with this name."]}),
    )
