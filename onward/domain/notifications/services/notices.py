"""Lines of people's feeds: shown where they are signed in."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from onward.domain.notifications.choices import CareerNoticeType, DeskNoticeType, NoticePriority
from onward.domain.notifications.events import NoticesRead, NoticeTold
from onward.domain.notifications.models import Notice
from onward.domain.notifications.subjects import line
from onward.platform.events import publish, publish_all
from onward.platform.record import append_all

# Lines that one statement writes where some may be there already.
AT_ONCE = 500


def notice(
    *,
    owner_id: int,
    type_: DeskNoticeType | CareerNoticeType,
    title: str,
    at: datetime,
    message: str = "",
    lead_id: int | None = None,
    priority: NoticePriority = NoticePriority.MEDIUM,
    data: dict[str, Any] | None = None,
    action_url: str = "",
    key: str = "",
) -> dict[str, Any]:
    """Return a line of somebody's feed, as `tell` takes it.

    :param title: cut to one line
    :param key: of what is told once
    """
    return {
        "owner_id": owner_id,
        "type": type_.value,
        "priority": priority.value,
        "title": line(title),
        "message": message,
        "lead_id": lead_id,
        "data": data or {},
        "action_url": action_url,
        "key": key,
        "created_at": at,
        "updated_at": at,
    }


@transaction.atomic
def tell(notices: Sequence[dict[str, Any]], *, unpushed: Collection[int] = ()) -> list[int]:
    """Write lines of people's feeds; returns their numbers.

    :param unpushed: accounts that want them in their feed alone
    """
    ids = append_all(Notice, notices)
    _publish(zip(ids, notices, strict=True), unpushed)
    return ids


@transaction.atomic
def tell_once(notices: Sequence[dict[str, Any]], *, unpushed: Collection[int] = ()) -> int:
    """Write those lines whose key their owner's feed has not; returns how many. Of several who tell one does."""
    rows = {uuid4(): row for row in notices}
    Notice.objects.bulk_create(
        [Notice(uid=uid, **row) for uid, row in rows.items()], ignore_conflicts=True, batch_size=AT_ONCE
    )
    made = Notice.objects.filter(uid__in=rows).order_by("pk").values_list("pk", "uid")
    told = [(pk, rows[uid]) for pk, uid in made]
    _publish(told, unpushed)
    return len(told)


def _publish(told: Iterable[tuple[int, dict[str, Any]]], unpushed: Collection[int]) -> None:
    publish_all(
        [
            NoticeTold(
                owner_id=row["owner_id"],
                at=row["created_at"],
                notice_id=pk,
                type=row["type"],
                is_pushed=row["owner_id"] not in unpushed,
            )
            for pk, row in told
        ]
    )


@transaction.atomic
def mark_read(*, owner_id: int, ids: Collection[int], types: Collection[str], at: datetime) -> list[int]:
    """Note that somebody has read lines of their feed, and return those of them that are there and theirs.

    Repeating it is harmless: the first time counts.

    :param types: what may be read here; a line about anything else is not there
    """
    mine = Notice.objects.filter(pk__in=ids, owner_id=owner_id, type__in=types).order_by("pk")
    read = list(mine.filter(read_at=None).select_for_update().values_list("pk", flat=True))
    if read:
        Notice.objects.filter(pk__in=read).update(read_at=at, updated_at=at)
        publish(NoticesRead(owner_id=owner_id, at=at, notice_ids=tuple(read)))
    return list(mine.values_list("pk", flat=True))
