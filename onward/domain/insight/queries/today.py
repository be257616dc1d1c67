"""What somebody's day asks of them, in one list: where they are expected, then what is due, then what went quiet."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q

from onward.domain.applications.choices import ACTIVE, WAITING, Status
from onward.domain.applications.models import Application
from onward.domain.community.models import Progress
from onward.domain.insight.queries.wanted import QUIET_DAYS
from onward.domain.interviews.choices import InterviewStatus
from onward.domain.interviews.models import Interview
from onward.domain.interviews.queries import to_come
from onward.domain.reminders.models import Reminder

# The list is for a day: of each kind no more than these.
MOST = 50
# How long before it a deadline is on the list.
DEADLINES_WITHIN = timedelta(days=3)


class Item(NamedTuple):
    """Something to be done.

    :ivar kind: interview, past_interview, reminder, action, apply_by, answer_by or quiet
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


class Week(NamedTuple):
    """What was done in a week that begins on Monday. :ivar answers: that came, on days that are known"""

    sent: int
    answers: int
    interviews: int


class Day(NamedTuple):
    """What a day asks, and the week ahead.

    :ivar week: interviews that are planned after today, for seven days
    :ivar now: this week so far
    :ivar before: the whole week before it
    :ivar streak: days in a row on which something was done, today or yesterday the last
    :ivar begun: which of the first steps are done
    """

    items: list[Item]
    week: list[Item]
    has_applications: bool
    now: Week
    before: Week
    streak: int
    begun: Mapping[str, bool]


def today(*, owner_id: int, here: datetime) -> Day:
    """Return what somebody's day asks. :param here: the time on their clock"""
    midnight = datetime.combine(here.date() + timedelta(days=1), time.min, tzinfo=here.tzinfo)
    planned = _planned(owner_id, here, midnight + timedelta(days=7))
    todo = [
        *_gone_by(owner_id, here),
        *_reminders(owner_id, midnight),
        *_actions(owner_id, here),
        *_deadlines(owner_id, here),
    ]
    todo.sort(key=lambda item: item.due)
    items = [*(item for item in planned if item.due < midnight), *todo, *_quiet(owner_id, here)]
    sums = _weeks(owner_id, here)
    return Day(
        items,
        [item for item in planned if item.due >= midnight],
        bool(sums["all"]),
        Week(sums["sent"], sums["answers"], sums["interviews"]),
        Week(sums["sent_before"], sums["answers_before"], sums["interviews_before"]),
        _streak(owner_id, here),
        {"application": bool(sums["all"]), "interview": bool(sums["any_interview"])},
    )


def _weeks(owner_id: int, here: datetime) -> dict[str, Any]:
    """Count what was done this week and in the one before."""
    monday = here.date() - timedelta(days=here.weekday())
    last, begin = monday - timedelta(days=7), _morning(monday, here)
    sent = ~Q(status=Status.WISHLIST)
    applications: dict[str, Any] = Application.objects.filter(owner_id=owner_id).aggregate(
        all=Count("pk"),
        sent=Count("pk", filter=sent & Q(applied_date__gte=monday, applied_date__lte=here.date())),
        sent_before=Count("pk", filter=sent & Q(applied_date__gte=last, applied_date__lt=monday)),
        answers=Count("pk", filter=Q(response_date__gte=monday, response_date__lte=here.date())),
        answers_before=Count("pk", filter=Q(response_date__gte=last, response_date__lt=monday)),
    )
    held = Interview.objects.filter(owner_id=owner_id).exclude(status=InterviewStatus.CANCELLED)
    interviews: dict[str, Any] = held.aggregate(
        any_interview=Count("pk"),
        interviews=Count("pk", filter=Q(scheduled_at__gte=begin, scheduled_at__lt=here)),
        interviews_before=Count("pk", filter=Q(scheduled_at__gte=begin - timedelta(days=7), scheduled_at__lt=begin)),
    )
    return applications | interviews


def _streak(owner_id: int, here: datetime) -> int:
    row = Progress.objects.filter(user_id=owner_id).values_list("streak_days", "last_active_on").first()
    fresh = row is not None and row[1] is not None and row[1] >= here.date() - timedelta(days=1)
    return row[0] if row is not None and fresh else 0


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


def _deadlines(owner_id: int, here: datetime) -> list[Item]:
    """Return until when wishes can be sent and offers answered, where that is soon."""
    soon = here.date() + DEADLINES_WITHIN
    wishes = Application.objects.filter(owner_id=owner_id, status=Status.WISHLIST, deadline__lte=soon)
    offers = Application.objects.filter(owner_id=owner_id, status=Status.OFFER, outcome__deadline__lte=soon)
    rows = [(row, "apply_by", row.deadline) for row in wishes.select_related("company").order_by("deadline")[:MOST]]
    late = offers.select_related("company", "outcome").order_by("outcome__deadline")
    rows += [(row, "answer_by", row.outcome.deadline) for row in late[:MOST]]
    return [
        Item(kind, _morning(due, here), row.pk, row.pk, row.company.name, row.job_title)
        for row, kind, due in rows
        if due is not None
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
