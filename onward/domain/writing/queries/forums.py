"""Reading forums."""

from django.db.models import QuerySet

from onward.domain.writing.models import Forum
from onward.platform.record import missing


def forums() -> QuerySet[Forum]:
    """Return all forums: every member sees them."""
    return Forum.objects.all()


def forum(*, pk: int) -> Forum:
    """Return a forum.

    :raises Missing: when there is none
    """
    found = Forum.objects.filter(pk=pk).first()
    if found is None:
        raise missing("forum")
    return found
