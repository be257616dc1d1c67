"""Reading facts."""

from django.db.models import QuerySet

from onward.domain.resumes.models import Fact
from onward.platform.refusals import Missing


def facts(*, owner_id: int, resume_id: int) -> QuerySet[Fact]:
    """Return the facts of one of a person's résumés, in the order in which they were said; refused ones too."""
    return Fact.objects.filter(resume__owner_id=owner_id, resume_id=resume_id).order_by("pk")


def fact(*, owner_id: int, fact_id: int) -> Fact:
    """Return one of a person's facts.

    :raises Missing: when there is none of that number, or it is another's
    """
    found = Fact.objects.filter(resume__owner_id=owner_id, pk=fact_id).first()
    if found is None:
        raise Missing()
    return found
