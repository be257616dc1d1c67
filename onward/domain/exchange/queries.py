"""What goes out: one owner's rows, with their counts annotated."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from onward.domain.applications.models import Application, Note
from onward.domain.companies.models import Company
from onward.domain.interviews.models import Interview


def _count(queryset: QuerySet[Any], by: str) -> Coalesce:
    """Count the rows that point here. A subquery, because two joins would multiply each other's rows."""
    counted = queryset.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count"), output_field=IntegerField()), 0)


NOTES_COUNT = _count(Note.objects.all(), "application")
INTERVIEWS_COUNT = _count(Interview.objects.all(), "application")
APPLICATIONS_COUNT = _count(Application.objects.all(), "company")


def applications(*, owner_id: int, status: str = "") -> QuerySet[Application]:
    """One owner's applications, all of them or those of one status."""
    found = Application.objects.filter(owner_id=owner_id)
    return found.filter(status=status) if status else found


def companies(*, owner_id: int) -> QuerySet[Company]:
    """One owner's companies."""
    return Company.objects.filter(owner_id=owner_id)


def interviews(*, owner_id: int, status: str = "") -> QuerySet[Interview]:
    """One owner's interviews, all of them or those of one status."""
    found = Interview.objects.filter(owner_id=owner_id)
    return found.filter(status=status) if status else found


def present(*, owner_id: int, after: int) -> Iterator[tuple[int, str, str, date | None, str]]:
    """Who, what, when and where: each of one owner's applications, in the order in which they were made.

    :param after: only those with a higher id
    """
    found = Application.objects.filter(owner_id=owner_id, pk__gt=after).order_by("pk")
    return found.values_list("pk", "company__name_key", "job_title", "applied_date", "job_url").iterator(2000)


def companies_named(*, owner_id: int, keys: Collection[str]) -> dict[str, Company]:
    """Those of one owner's companies that go by these names, by `name_key`."""
    found = Company.objects.filter(owner_id=owner_id, name_key__in=keys).only("name", "name_key", "owner_id")
    return {company.name_key: company for company in found}
