"""Reading the timeline."""

from django.db.models import Q, QuerySet

from onward.domain.activity.models import Activity
from onward.platform.wire import OWNER


def timeline(*, owner_id: int) -> QuerySet[Activity]:
    """Return somebody's timeline, the latest line first; filter it by ``application_id`` for one application's."""
    return Activity.objects.filter(owner_id=owner_id).order_by("-created_at", "-id")


def lines(shown: Q) -> QuerySet[Activity]:
    """Return those lines of somebody's timeline that a reader has words for; the statement takes ``owner_id``."""
    return Activity.objects.filter(shown, owner_id=OWNER)
