"""Lines that the calendar brings: interviews that are near, deadlines in three days, and how the day looks.

Each is told once, by its key, however often and wherever this runs; and only for as long as it is of use.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q

from onward.domain.accounts.models import User
from onward.domain.applications.choices import SavedJobStatus
from onward.domain.applications.models import Application, SavedJob, StatusChange
from onward.domain.interviews.choices import InterviewStatus
from onward.domain.interviews.models import Interview
from onward.domain.notifications import clock
from onward.domain.notifications.choices import CareerNoticeType, NoticePriority
from onward.domain.notifications.models import Notice
from onward.domain.notifications.services import career, notices
from onward.domain.notifications.wishes import Wishes

# The longest that anybody may be reminded ahead, and the days before a deadline.
FARTHEST = timedelta(hours=168)
BEFORE_A_DEADLINE = timedelta(days=3)
MORNING, EVENING = time(8), time(18)
# What nothing could tell at its time is still told then.
STILL_GOOD = timedelta(hours=4)
BATCH = 500

Row = dict[str, Any]


def tell_due(*, at: datetime) -> int:
    """Tell everybody what is due; returns how many lines that made."""
    return sum(_tell(rows) for rows in (_interviews(at), _deadlines(at), _briefings(at)))


def _tell(rows: Iterable[Row]) -> int:
    told, batch = 0, list(rows)
    for start in range(0, len(batch), BATCH):
        part = batch[start : start + BATCH]
        known = set(Notice.objects.filter(key__in={row["key"] for row in part}).values_list("owner_id", "key"))
        told += career.tell([row for row in part if (row["owner_id"], row["key"]) not in known])
    return told


def _interviews(at: datetime) -> Iterable[Row]:
    near = Interview.objects.filter(
        status=InterviewStatus.SCHEDULED, scheduled_at__gt=at, scheduled_at__lte=at + FARTHEST, owner__is_active=True
    )
    columns = (
        "pk",
        "owner_id",
        "scheduled_at",
        "application_id",
        "application__company__name",
        "application__job_title",
    )
    hours = "owner__notification_preferences__interview_reminder_hours"
    zone = "owner__timezone"
    for pk, owner_id, moment, application_id, company, title, ahead, name in near.order_by("pk").values_list(
        *columns, hours, zone
    ):
        if moment - timedelta(hours=ahead or Wishes.interview_reminder_hours) <= at:
            local = moment.astimezone(clock.zone(name))
            yield notices.notice(
                owner_id=owner_id,
                type_=CareerNoticeType.INTERVIEW_REMINDER,
                title=f"Interview: {company}, {title}",
                message=f"On {local:%A}, {local.day} {local:%B} at {local:%H:%M}.",
                priority=NoticePriority.HIGH,
                data={"interview_id": pk, "application_id": application_id, "scheduled_at": moment.isoformat()},
                key=f"interview:{pk}:{moment:%Y%m%dT%H%M%S}",
                at=at,
            )


def _deadlines(at: datetime) -> Iterable[Row]:
    day = at.date()
    near = SavedJob.objects.filter(
        # Nowhere is it earlier or later than a day from the date of UTC.
        deadline__gte=day - timedelta(days=1),
        deadline__lte=day + BEFORE_A_DEADLINE + timedelta(days=1),
        status=SavedJobStatus.ACTIVE,
        application=None,
        owner__is_active=True,
    )
    columns = ("pk", "owner_id", "deadline", "company_name", "job_title", "owner__timezone")
    for pk, owner_id, deadline, company, title, name in near.order_by("pk").values_list(*columns):
        now = at.astimezone(clock.zone(name))
        if now.time() >= MORNING and now.date() <= deadline <= now.date() + BEFORE_A_DEADLINE:
            yield notices.notice(
                owner_id=owner_id,
                type_=CareerNoticeType.APPLICATION_DEADLINE,
                title=f"Apply by {deadline.day} {deadline:%B}: {company}, {title}" if title else f"Apply: {company}",
                priority=NoticePriority.HIGH,
                data={"job_id": pk, "deadline": deadline.isoformat()},
                key=f"deadline:{pk}:{deadline}",
                at=at,
            )


def _briefings(at: datetime) -> Iterable[Row]:
    """Return how the day looks, for those who want it daily or, on Mondays, weekly and have something to read."""
    zones = User.objects.filter(is_active=True).order_by("timezone").values_list("timezone", flat=True).distinct()
    for name in zones:
        zone = clock.zone(name)
        now = at.astimezone(zone)
        people = User.objects.filter(is_active=True, timezone=name)
        daily = Q(notification_preferences__daily_briefings=True)
        if _is_time(now, MORNING):
            weekly = ~Q(notification_preferences__weekly_summary=False)
            wanted = people.filter(daily | weekly) if now.weekday() == 0 else people.filter(daily)
            days = 7 if now.weekday() == 0 else 1
            yield from _morning(wanted, now.date(), now, days=days, at=at)
        elif _is_time(now, EVENING):
            yield from _evening(people.filter(daily), now.date(), now, at=at)


def _is_time(now: datetime, begin: time) -> bool:
    due = datetime.combine(now.date(), begin, now.tzinfo)
    return due <= now < due + STILL_GOOD


def _morning(people: Any, today: date, now: datetime, *, days: int, at: datetime) -> Iterable[Row]:
    until = today + timedelta(days=days)
    end = datetime.combine(until, time(), now.tzinfo)
    counts = {
        "interviews": _counted(
            Interview.objects.filter(status=InterviewStatus.SCHEDULED, scheduled_at__gte=at, scheduled_at__lt=end),
            people,
        ),
        "next steps": _counted(Application.objects.filter(next_action_date__lt=until), people),
        "deadlines": _counted(
            SavedJob.objects.filter(deadline__gte=today, deadline__lt=until, status=SavedJobStatus.ACTIVE), people
        ),
    }
    title = "Your day" if days == 1 else "Your week"
    yield from _lines(CareerNoticeType.MORNING_BRIEFING, title, counts, key=f"morning:{today}", at=at)


def _evening(people: Any, today: date, now: datetime, *, at: datetime) -> Iterable[Row]:
    begin = datetime.combine(today, time(), now.tzinfo)
    mine = {"application__owner__in": people}
    moves = StatusChange.objects.filter(recorded_at__gte=begin, **mine).values_list("application__owner_id")
    counts = {
        "new applications": _counted(Application.objects.filter(created_at__gte=begin), people),
        "moves": Counter(dict(moves.annotate(n=Count("pk")).order_by())),
    }
    yield from _lines(CareerNoticeType.EVENING_UPDATE, "Your day so far", counts, key=f"evening:{today}", at=at)


def _counted(rows: Any, people: Any) -> Counter[int]:
    return Counter(dict(rows.filter(owner__in=people).values_list("owner_id").annotate(n=Count("pk")).order_by()))


def _lines(
    kind: CareerNoticeType, title: str, counts: Mapping[str, Counter[int]], *, key: str, at: datetime
) -> Iterable[Row]:
    for owner_id in sorted({owner_id for counted in counts.values() for owner_id in counted}):
        data = {name.replace(" ", "_"): counted[owner_id] for name, counted in counts.items()}
        said = ", ".join(f"{counted[owner_id]} {name}" for name, counted in counts.items() if counted[owner_id])
        yield notices.notice(
            owner_id=owner_id,
            type_=kind,
            title=f"{title}: {said}",
            priority=NoticePriority.LOW,
            data=data,
            key=key,
            at=at,
        )
