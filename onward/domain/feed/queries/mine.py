"""What somebody has said of the feed."""

from typing import Any

from django.db.models import BigIntegerField, QuerySet

from onward.domain.feed.models import Dismissal, SavedSearch
from onward.platform.record import missing
from onward.platform.wire import Param, Statement

_OWNER: Any = Param("owner_id", BigIntegerField())
_DISMISSED = Statement(lambda: Dismissal.objects.filter(owner=_OWNER).values_list("posting_id"))


def dismissed_ids(owner_id: int) -> frozenset[int]:
    """Return the postings that somebody does not want to see any more."""
    return frozenset(posting_id for (posting_id,) in _DISMISSED.rows(owner_id=owner_id))


def saved_searches(*, owner_id: int) -> QuerySet[SavedSearch]:
    """Return the searches that somebody keeps, by their names."""
    return SavedSearch.objects.filter(owner_id=owner_id).order_by("name", "pk")


def saved_search(*, owner_id: int, pk: int) -> SavedSearch:
    """Return one of somebody's searches.

    :raises Missing: when there is none of that number, or it is another's
    """
    found = SavedSearch.objects.filter(owner_id=owner_id, pk=pk).first()
    if found is None:
        raise missing("saved search")
    return found
