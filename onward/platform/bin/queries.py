"""Looking into the bin."""

from django.db.models import QuerySet, Sum

from onward.platform.bin.models import Binned, BinnedFile
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


def files_of(*, owner_id: int) -> QuerySet[BinnedFile]:
    """Return the files that are in somebody's bin."""
    return BinnedFile.objects.filter(binned__owner_id=owner_id)


def bytes_of(*, owner_id: int) -> int:
    """Return how many bytes the files in somebody's bin take up."""
    return files_of(owner_id=owner_id).aggregate(total=Sum("file_size"))["total"] or 0
