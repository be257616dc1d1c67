"""Reading the timeline."""

from django.db.models import QuerySet

from onward.domain.activity.models import Activity


def timeline(*, owner_id: int) -> QuerySet[Activity]:
    """Give somebody's timeline, the latest line first; filter it by ``application_id`` for one application's."""
    return Activity.objects.filter(owner_id=owner_id).order_by("-created_at", "-id")
