"""Looking into the bin."""

from django.db.models import QuerySet

from onward.platform.bin.models import Binned
from onward.platform.refusals import Missing


def binned(*, owner_id: int) -> QuerySet[Binned]:
    """Return what one person has deleted, the latest first."""
    return Binned.objects.filter(owner_id=owner_id).order_by("-deleted_at", "-pk")


def numbered(*, owner_id: int, pk: int) -> Binned:
    """Return something that somebody has deleted. :raises Missing: when it is not in their bin"""
    found = binned(owner_id=owner_id).filter(pk=pk).first()
    if found is None:
        raise Missing()
    return found
