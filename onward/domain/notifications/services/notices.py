"""Lines of people's feeds: shown where they are signed in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.notifications.choices import NoticePriority, NoticeType
from onward.domain.notifications.models import Notice
from onward.domain.notifications.subjects import line
from onward.platform.record import append_all
from onward.platform.refusals import Missing


def notice(
    *,
    owner_id: int,
    type_: NoticeType,
    title: str,
    at: datetime,
    message: str = "",
    lead_id: int | None = None,
    priority: NoticePriority = NoticePriority.MEDIUM,
    data: dict[str, Any] | None = None,
    action_url: str = "",
) -> dict[str, Any]:
    """Return a line of somebody's feed, as `tell` takes it. :param title: cut to one line"""
    return {
        "owner_id": owner_id,
        "type": type_.value,
        "priority": priority.value,
        "title": line(title),
        "message": message,
        "lead_id": lead_id,
        "data": data or {},
        "action_url": action_url,
        "created_at": at,
        "updated_at": at,
    }


def tell(notices: Sequence[dict[str, Any]]) -> list[int]:
    """Write lines of people's feeds, in the caller's transaction; returns their numbers."""
    return append_all(Notice, notices)


@transaction.atomic
def mark_read(*, owner_id: int, pk: int, at: datetime) -> None:
    """Note that somebody has read a line of their feed. Repeating it is harmless: the first time counts.

    :raises Missing: when it is not theirs
    """
    mine = Notice.objects.filter(pk=pk, owner_id=owner_id)
    if not mine.filter(read_at=None).update(read_at=at, updated_at=at) and not mine.exists():
        raise Missing()
