"""Lines about somebody's own career, for whoever wants them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from onward.domain.applications.choices import Status
from onward.domain.notifications.choices import CareerNoticeType, NoticePriority
from onward.domain.notifications.queries import notice_wishes
from onward.domain.notifications.services import notices


def tell(rows: Sequence[dict[str, Any]]) -> int:
    """Write lines into the feeds of those who want them, in the caller's transaction; returns how many.

    :param rows: of :func:`notices.notice`; all with keys, or none
    """
    wishes = notice_wishes({row["owner_id"] for row in rows})
    wanted = [row for row in rows if wishes[row["owner_id"]].wants(row["type"])]
    unpushed = {owner_id for owner_id, wished in wishes.items() if not wished.push_enabled}
    if not wanted:
        return 0
    if wanted[0]["key"]:
        return notices.tell_once(wanted, unpushed=unpushed)
    return len(notices.tell(wanted, unpushed=unpushed))


def moved(
    *, owner_id: int, application_id: int, company: str, job_title: str, before: str, after: str, at: datetime
) -> None:
    """Tell of an application that has moved, in the transaction that moves it."""
    tell(
        [
            notices.notice(
                owner_id=owner_id,
                type_=CareerNoticeType.APPLICATION_UPDATE,
                title=f"{Status(after).label}: {company}, {job_title}",
                message=f"Before: {Status(before).label}.",
                priority=NoticePriority.HIGH if after == Status.OFFER else NoticePriority.MEDIUM,
                data={"application_id": application_id, "before": str(before), "after": str(after)},
                at=at,
            )
        ]
    )
