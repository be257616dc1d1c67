"""Reading postings."""

from django.db.models import Q, QuerySet

from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.platform.refusals import Missing

# What anybody may see: what is on this server's own board, and what was found and the placement team does not work on.
SEEN_BY_ALL = Q(published_at__isnull=False) | Q(lead__isnull=True, removed_lead__isnull=True)


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


def open_to_all(*, pk: int) -> Posting:
    """Return a posting that anybody may see and that can be applied for, with its employer: one on this server's own
    board, or one that was found and that the placement team does not work on.

    :raises Missing: when there is none of that number
    """
    rows = Posting.objects.filter(SEEN_BY_ALL).exclude(state=PostingState.CLOSED)
    found = rows.select_related("employer").filter(pk=pk).first()
    if found is None:
        raise Missing()
    return found
