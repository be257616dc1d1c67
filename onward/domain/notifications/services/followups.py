"""Follow-ups of the outreach desk that are due: told at eight on the clock of who must do them, with one mail a day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from onward.domain.notifications import clock, subjects
from onward.domain.notifications.choices import DeskNoticeType, NotificationType
from onward.domain.notifications.models import Notification
from onward.domain.notifications.services import notices, planning
from onward.domain.notifications.wishes import COLUMNS, wishes
from onward.domain.outreach.models import FollowUp
from onward.domain.outreach.queries.due import admins, zones_with_untold
from onward.domain.outreach.services.due import take_due

TOLD_AT = time(8)
# What nothing could tell at its time is still told then; later it waits for the next morning.
STILL_GOOD = timedelta(hours=12)
BATCH = 500


def tell_due(*, at: datetime) -> int:
    """Tell everybody whose morning has come of what is due, each once however often and wherever this runs.

    :returns: of how many follow-ups somebody was told
    """
    mornings: dict[tuple[date, datetime], list[str]] = defaultdict(list)
    # Nowhere is it later than a day after the date of UTC.
    for name in zones_with_untold(by=at.date() + timedelta(days=1)):
        zone = clock.zone(name)
        today = at.astimezone(zone).date()
        eight = datetime.combine(today, TOLD_AT, zone)
        if eight <= at < eight + STILL_GOOD:
            mornings[today, eight].append(name)
    return sum(_tell(zones, today, eight, at) for (today, eight), zones in mornings.items())


def _tell(zones: Sequence[str], today: date, eight: datetime, at: datetime) -> int:
    told = 0
    while True:
        with transaction.atomic():
            taken = take_due(zones=zones, day=today, planned_before=eight, most=BATCH, at=at)
            told_to = _told_to(taken)
            notices.tell([_notice(followup, user_id, at) for followup, user_id in told_to])
            _plan_mails({user_id for _, user_id in told_to}, today, at)
        told += len(taken)
        if not taken:
            return told


def _told_to(followups: Iterable[Any]) -> list[tuple[FollowUp, int]]:
    """Return who is told of what: all admins of what is nobody's."""
    every_admin = list(admins().order_by("pk").values_list("pk", flat=True))
    return [
        (followup, user_id)
        for followup in followups
        for user_id in (every_admin if followup.keeper_id is None else [followup.keeper_id])
    ]


def _notice(followup: FollowUp, user_id: int, at: datetime) -> dict[str, object]:
    posting = followup.lead.posting
    return notices.notice(
        owner_id=user_id,
        type_=DeskNoticeType.FOLLOWUP_DUE,
        title=f"Follow-up due: {posting.company_name}, {posting.title}",
        message=followup.notes,
        lead_id=followup.lead_id,
        data={"followup_id": followup.pk, "due_date": followup.due_date.isoformat()},
        at=at,
    )


def _plan_mails(user_ids: Iterable[int], today: date, at: datetime) -> None:
    people = list(get_user_model()._default_manager.filter(pk__in=user_ids).order_by("pk").values_list("pk", *COLUMNS))
    # Another one may plan the same at this moment: the database keeps one row for each day.
    Notification.objects.bulk_create(
        [
            Notification(
                owner_id=pk,
                notification_type=NotificationType.CUSTOM,
                subject=subjects.followups(day=today),
                day=today,
                due_at=wishes(columns).after_quiet_hours(at),
                created_at=at,
            )
            for pk, *columns in people
        ],
        ignore_conflicts=True,
    )
    rows = Notification.objects.filter(day=today, owner_id__in=[pk for pk, *_ in people])
    for pk, moment in planning.waiting(rows, at=at).values_list("pk", "due_at"):
        planning.enqueue_sending(notification_id=pk, due=moment)
