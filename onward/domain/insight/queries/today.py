"""What somebody's day asks of them, in one list: where they are expected, then what is due, then what went quiet."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Max

from onward.domain.applications.choices import ACTIVE, WAITING, Status
from onward.domain.applications.models import Application
from onward.domain.interviews.choices import InterviewStatus
from onward.domain.interviews.models import Interview
from onward.domain.interviews.queries import to_come
from onward.domain.reminders.models import Reminder

# Days without an answer after which one may ask what became of it.
QUIET_DAYS = 14
# The list is for a day: of each kind no more than these.
MOST = 50


class Item(NamedTuple):
    """Something to be done.

    :ivar kind: interview, past_interview, reminder, action or quiet
    :ivar pk: of the interview or reminder, or of the application itself
    :ivar text: what it is, in its owner's words; empty where its kind says enough
    :ivar link: where an interview is held
    """

    kind: str
    due: datetime
    pk: int
    application_id: int | None
    company: str
    title: str
    text: str = ""
    link: str = ""
    has_time: bool = False


class Day(NamedTuple):
    """What a day asks, and the week ahead. :ivar week: interviews that are planned after today, for seven days"""

    items: list[Item]
    week: list[Item]
    has_applications: bool


def today(*, owner_id: int, here: datetime) -> Day:
    """Return what somebody's day asks. :param here: the time on their clock"""
    midnight = datetime.combine(here.date() + timedelta(days=1), time.min, tzinfo=here.tzinfo)
    planned = _planned(owner_id, here, midnight + timedelta(days=7))
    todo = [*_gone_by(owner_id, here), *_reminders(owner_id, midnight), *_actions(owner_id, here)]
    todo.sort(key=lambda item: item.due)
    items = [*(item for item in planned if item.due < midnight), *todo, *_quiet(owner_id, here)]
    any_at_all = bool(items or planned) or Application.objects.filter(owner_id=owner_id).exists()
    return Day(items, [item for item in planned if item.due >= midnight], any_at_all)


def _interview(kind: str, row: Interview) -> Item:
    application = row.application
    return Item(
        kind,
        row.scheduled_at,
        row.pk,
        application.pk,
        application.company.name,
        application.job_title,
        row.title,
        row.meeting_link or row.meeting_location,
        row.has_time,
    )


def _planned(owner_id: int, here: datetime, until: datetime) -> list[Item]:
    rows = Interview.objects.select_related("application__company").filter(
        to_come(now=here, today=here.date()),
        owner_id=owner_id,
        status=InterviewStatus.SCHEDULED,
        scheduled_at__lt=until,
    )
    return [_interview("interview", row) for row in rows.order_by("scheduled_at")[:MOST]]


def _gone_by(owner_id: int, here: datetime) -> list[Item]:
    rows = Interview.objects.select_related("application__company").filter(
        owner_id=owner_id,
        status=InterviewStatus.SCHEDULED,
        scheduled_at__range=(here - timedelta(days=30), here),
        application__status__in=ACTIVE,
    )
    gone = rows.exclude(to_come(now=here, today=here.date()))
    return [_interview("past_interview", row) for row in gone.order_by("-scheduled_at")[:MOST]]


def _reminders(owner_id: int, midnight: datetime) -> list[Item]:
    rows = Reminder.objects.select_related("application__company").filter(
        owner_id=owner_id, completed_at=None, remind_at__lt=midnight
    )
    return [
        Item(
            "reminder",
            row.remind_at,
            row.pk,
            row.application_id,
            row.application.company.name if row.application else "",
            row.application.job_title if row.application else "",
            row.title,
            has_time=True,
        )
        for row in rows.order_by("remind_at")[:MOST]
    ]


def _actions(owner_id: int, here: datetime) -> list[Item]:
    rows = Application.objects.select_related("company").filter(
        owner_id=owner_id, next_action_date__lte=here.date(), status__in=(Status.WISHLIST, *ACTIVE)
    )
    return [
        Item(
            "action",
            _morning(row.next_action_date, here),
            row.pk,
            row.pk,
            row.company.name,
            row.job_title,
            row.next_action,
        )
        for row in rows.order_by("next_action_date", "pk")[:MOST]
        if row.next_action_date is not None
    ]


def _quiet(owner_id: int, here: datetime) -> list[Item]:
    rows = (
        Application.objects.select_related("company")
        .filter(owner_id=owner_id, status=WAITING[0], next_action_date=None)
        .annotate(since=Max("status_changes__changed_at"))
        .filter(since__lt=here - timedelta(days=QUIET_DAYS))
        .order_by("-since")
    )
    return [Item("quiet", row.since, row.pk, row.pk, row.company.name, row.job_title) for row in rows[:10]]


def _morning(day: date, here: datetime) -> datetime:
    return datetime.combine(day, time.min, tzinfo=here.tzinfo)
