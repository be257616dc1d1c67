"""What goes out: one owner's rows, with their counts annotated."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from onward.domain.applications.models import Application, Document, Note
from onward.domain.companies.models import Company
from onward.domain.exchange.models import Import
from onward.domain.interviews.models import Interview
from onward.platform.record import name_key
from onward.platform.refusals import Missing

# What tells applications of one posting apart, besides where, when and through whom.
COMPARED = (
    *("status", "priority", "work_type", "source", "salary_min", "salary_max", "salary_currency", "response_date"),
    *("next_action", "next_action_date"),
)
# How many rows are asked for by their keys at once.
PART = 500


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


def present(*, owner_id: int, after: int) -> Iterator[tuple[Any, ...]]:
    """Who, what, when, where, through whom and `COMPARED`: one owner's applications in the order of their making.

    :param after: only those with a higher id
    """
    found = Application.objects.filter(owner_id=owner_id, pk__gt=after).order_by("pk")
    return found.values_list(
        "pk", "company__name_key", "job_title", "applied_date", "job_url", "location", "referrer_name", *COMPARED
    ).iterator(2000)


def identities(*, owner_id: int) -> Iterator[tuple[Any, ...]]:
    """Who, what and when: one owner's applications."""
    found = Application.objects.filter(owner_id=owner_id).order_by("pk")
    return found.values_list("company__name_key", "job_title", "applied_date").iterator(2000)


def notes_of(keys: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The notes of these applications: whose, and what they say."""
    for some in _parts(keys):
        yield from Note.objects.filter(application_id__in=some).order_by("pk").values_list("application_id", "content")


def documents_of(keys: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Name and address of the documents of these applications, by id."""
    found: dict[int, list[tuple[str, str]]] = {}
    for some in _parts(keys):
        rows = Document.objects.filter(application_id__in=some).order_by("pk")
        for pk, name, url in rows.values_list("application_id", "name", "file_url"):
            found.setdefault(pk, []).append((name, url))
    return found


def values_of(keys: Sequence[int], fields: Sequence[str]) -> dict[int, dict[str, Any]]:
    """What these fields of these applications are, by id."""
    return {
        values.pop("pk"): values
        for some in _parts(keys)
        for values in Application.objects.filter(pk__in=some).values("pk", *fields)
    }


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + PART] for start in range(0, len(keys), PART))


def imports(*, owner_id: int) -> QuerySet[Import]:
    """One person's imports, the latest first."""
    return Import.objects.filter(owner_id=owner_id).order_by("-created_at", "-pk")


def numbered_import(*, owner_id: int, pk: int) -> Import:
    """Return one of somebody's imports.

    :raises Missing: when there is none of that number, or it is another's
    """
    found = imports(owner_id=owner_id).filter(pk=pk).first()
    if found is None:
        raise Missing()
    return found


def at_company(*, owner_id: int, name: str) -> list[Application]:
    """Return somebody's applications at a company of this name, the latest first; five at most."""
    rows = Application.objects.select_related("company").filter(owner_id=owner_id, company__name_key=name_key(name))
    return list(rows.order_by("-created_at", "-pk")[:5]) if name else []


def of_owner(*, owner_id: int) -> QuerySet[Application]:
    """Return somebody's applications, in no order: whoever writes them says which, and how they stand."""
    return Application.objects.filter(owner_id=owner_id)
