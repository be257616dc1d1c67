"""Reading companies."""

from collections.abc import Iterable

from django.db.models import QuerySet

from onward.domain.companies.models import Company, Employer
from onward.platform.refusals import Invalid, Missing
from onward.platform.wire import KEY, OWNER, Statement


def companies() -> QuerySet[Company]:
    """Return one person's companies; the statement takes ``owner_id``."""
    return Company.objects.filter(owner_id=OWNER)


def company(*, owner_id: int, pk: int) -> Company:
    """Return one of somebody's companies.

    :raises Missing: when there is none of that number, or it is another's
    """
    found = Company.objects.filter(owner_id=owner_id, pk=pk).first()
    if found is None:
        raise Missing()
    return found


_NAMED = Statement(lambda: companies().filter(pk=KEY).values_list("pk", "name"))


def referred_to(*, owner_id: int, pk: int) -> Company:
    """Return one of somebody's companies, with its name and nothing else, for what refers to it.

    :raises Invalid: when there is none of that number, or it is another's
    """
    found = _NAMED.first(owner_id=owner_id, pk=pk)
    if found is None:
        raise Invalid(fields={"company": ["Company not found."]})
    return Company(pk=found[0], owner_id=owner_id, name=found[1])


# How many names are looked up at once.
NAMES = 500


def named(*, owner_id: int, keys: Iterable[str]) -> dict[str, Company]:
    """Return those of one person's companies that go by these names, by `name_key`."""
    wanted = list(keys)
    return {
        company.name_key: company
        for start in range(0, len(wanted), NAMES)
        for company in Company.objects.filter(owner_id=owner_id, name_key__in=wanted[start : start + NAMES])
    }


def employers() -> QuerySet[Employer]:
    """Return the companies that the whole server knows."""
    return Employer.objects.all()


def employer(*, pk: int) -> Employer:
    """Return a company that the whole server knows.

    :raises Missing: when there is none of that number
    """
    found = Employer.objects.filter(pk=pk).first()
    if found is None:
        raise Missing()
    return found
