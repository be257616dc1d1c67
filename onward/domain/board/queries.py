"""Reading postings."""

from django.db.models import QuerySet

from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.platform.refusals import Missing


def published() -> QuerySet[Posting]:
    """Return the postings on this server's own board."""
    return Posting.objects.filter(published_at__isnull=False)


def open_one(*, pk: int) -> Posting:
    """Return a posting on this server's own board that can be applied for, with its employer.

    :raises Missing: when there is none of that number
    """
    found = published().exclude(state=PostingState.CLOSED).select_related("employer").filter(pk=pk).first()
    if found is None:
        raise Missing()
    return found
