"""The weekly summary: on Monday at eight, on everybody's own clock."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from onward.domain.notifications import clock, queries, subjects
from onward.domain.notifications.choices import NotificationType
from onward.domain.notifications.models import Notification
from onward.domain.notifications.services import planning
from onward.domain.notifications.wishes import COLUMNS, wishes

# A summary that nothing could make at its time is still made then; later it would be last week's news.
STILL_GOOD = timedelta(hours=36)
BATCH = 500


def schedule_weekly(*, at: datetime) -> int:
    """Plan the summaries that are due, each once however often and wherever this runs; returns how many."""
    names = get_user_model()._default_manager.filter(is_active=True).values_list("timezone", flat=True).distinct()
    mondays: dict[tuple[date, datetime], list[str]] = defaultdict(list)
    for name in names:
        week, due = clock.monday(at, zone=clock.zone(name))
        if due <= at < due + STILL_GOOD:
            mondays[week, due].append(name)
    return sum(_plan(zones=zones, week=week, due=due, at=at) for (week, due), zones in mondays.items())


def _plan(*, zones: list[str], week: date, due: datetime, at: datetime) -> int:
    planned = 0
    people = queries.awaiting_summary(zones=zones, week=week).order_by("pk").values_list("pk", *COLUMNS)
    while batch := list(people[:BATCH]):
        planned += len(batch)
        with transaction.atomic():
            # Another one may plan the same at this moment: the database keeps one row for each week.
            Notification.objects.bulk_create(
                [
                    Notification(
                        owner_id=pk,
                        notification_type=NotificationType.WEEKLY_SUMMARY,
                        subject=subjects.summary(week=week),
                        week=week,
                        due_at=wishes(columns).after_quiet_hours(max(due, at)),
                        created_at=at,
                    )
                    for pk, *columns in batch
                ],
                ignore_conflicts=True,
            )
            rows = Notification.objects.filter(week=week, owner_id__in=[pk for pk, *_ in batch])
            made = planning.waiting(rows, at=at)
            for pk, moment in made.values_list("pk", "due_at"):
                planning.enqueue_sending(notification_id=pk, due=moment)
    return planned
