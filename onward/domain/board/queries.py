"""Reading postings."""

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable

from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.platform.refusals import Missing

# What anybody may see: what is on this server's own board, and what was found and the placement team does not work on.
SEEN_BY_ALL = Q(published_at__isnull=False) | Q(lead__isnull=True, removed_lead__isnull=True)


def published() -> QuerySet[Posting]:
    """Return the postings on this server's own board."""
    return Posting.objects.filter(published_at__isnull=False)


def on_board_or_removed() -> QuerySet[Posting]:
    """Return the postings that are on this server's own board, and those that people took off it for good."""
    return Posting.objects.filter(Q(published_at__isnull=False) | Q(removed_at__isnull=False))


def on_board(*, pk: int, is_internship: bool | None = None) -> Posting:
    """Return a posting on this server's own board, with its employer; it may be closed.

    :param is_internship: where only an internship, or only another job, is meant
    :raises Missing: when there is none of that number
    """
    rows = published() if is_internship is None else published().filter(is_internship=is_internship)
    found = rows.select_related("employer").filter(pk=pk).first()
    if found is None:
        raise Missing()
    return found


def is_closed(now: Combinable, day: Combinable, *, posting: str = "") -> Q:
    """Match postings that cannot be applied for any more.

    :param now: the moment at which it is asked, and ``day``, its day in UTC
    :param posting: the path from the rows at hand to the posting; none, where the rows are postings
    """
    at = f"{posting}__" if posting else ""
    over = Q(**{f"{at}closes_at__isnull": True, f"{at}closes_on__lt": day})
    return Q(**{f"{at}state": PostingState.CLOSED.value}) | Q(**{f"{at}closes_at__lte": now}) | over


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
