"""Reading flags, for moderators."""

from django.db.models import Q, QuerySet

from onward.domain.writing.models import Flag
from onward.platform.record import missing

RESOLVED = Q(resolved_at__isnull=False)


def flags() -> QuerySet[Flag]:
    """Return all flags of entries that are there, or were removed and can be restored."""
    return Flag.objects.all()


def flag(*, pk: int) -> Flag:
    """Return a flag.

    :raises Missing: when there is none
    """
    found = Flag.objects.select_related("entry").filter(pk=pk).first()
    if found is None:
        raise missing("flag")
    return found
