"""What the server's admins tell everybody."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from onward.domain.notifications.choices import CareerNoticeType, NoticePriority
from onward.domain.notifications.events import Announced
from onward.domain.notifications.models import Announcement
from onward.domain.notifications.services import career, notices
from onward.platform.events import publish

BATCH = 500


@transaction.atomic
def announce(*, announcement: Announcement, by_id: int | None, at: datetime) -> None:
    """Save an announcement; a job writes it into everybody's feed."""
    announcement.by_id = by_id
    announcement.created_at = at
    announcement.save()
    publish(Announced(owner_id=None, at=at, announcement_id=announcement.pk))


def tell_everybody(*, announcement_id: int, at: datetime) -> int:
    """Write an announcement into the feeds of all active accounts, once however often this runs.

    :returns: how many were told now
    """
    announcement = Announcement.objects.get(pk=announcement_id)
    people = get_user_model()._default_manager.filter(is_active=True).order_by("pk").values_list("pk", flat=True)
    told, last = 0, 0
    while batch := list(people.filter(pk__gt=last)[:BATCH]):
        last = batch[-1]
        with transaction.atomic():
            told += career.tell([_line(announcement, owner_id, at) for owner_id in batch])
    return told


def _line(announcement: Announcement, owner_id: int, at: datetime) -> dict[str, object]:
    return notices.notice(
        owner_id=owner_id,
        type_=CareerNoticeType.SYSTEM_ANNOUNCEMENT,
        title=announcement.title,
        message=announcement.message,
        priority=NoticePriority(announcement.priority),
        data={"announcement_id": announcement.pk},
        key=f"announcement:{announcement.pk}",
        at=at,
    )
