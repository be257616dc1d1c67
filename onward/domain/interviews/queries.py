"""Reading interviews."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual

from onward.domain.interviews.choices import InterviewStatus
from onward.domain.interviews.models import Interview
from onward.platform.refusals import Missing
from onward.platform.wire import OWNER, From, Param

NOW = Param("now", models.DateTimeField())
TODAY = Param("today", models.DateField())


def interviews() -> QuerySet[Interview]:
    """Return one person's interviews; the statement takes ``owner_id``."""
    return Interview.objects.filter(owner_id=OWNER)


def upcoming() -> QuerySet[Interview]:
    """Return the interviews that are still to come, the next first.

    The statement takes ``owner_id``, ``now`` and ``today``, the owner's.
    """
    return (
        interviews()
        .filter(to_come(now=NOW, today=TODAY), status=InterviewStatus.SCHEDULED)
        .order_by("scheduled_at", "pk")
    )


def to_come(*, now: Any, today: Any, under: str = "") -> Q:
    """Match interviews that are still to come: before its hour; without one, until its day is over.

    :param under: the path to the interview, with its underscores
    """
    hour, day = f"{under}scheduled_at", f"{under}day"
    all_day = Q(GreaterThanOrEqual(models.F(day), today), **{f"{under}has_time": False})
    return Q(GreaterThan(models.F(hour), now)) | all_day


def between() -> QuerySet[Interview]:
    """Return the interviews of a time; the statement takes ``owner_id``, ``begin`` and ``end``, which is not in it."""
    return (
        interviews()
        .filter(scheduled_at__gte=Param("begin", models.DateTimeField()))
        .filter(scheduled_at__lt=Param("end", models.DateTimeField()))
        .order_by("scheduled_at", "pk")
    )


def day(at: datetime) -> tuple[datetime, datetime]:
    """Return the beginning and the end of the day in which a time lies, on the clock that the time is told by."""
    begin = datetime.combine(at.date(), time.min, tzinfo=at.tzinfo)
    # Not 24 hours later: the day on which the clocks change is shorter or longer.
    end = datetime.combine(at.date() + timedelta(days=1), time.min, tzinfo=at.tzinfo)
    return begin.astimezone(UTC), end.astimezone(UTC)


def interview(*, owner_id: int, pk: int) -> Interview:
    """Return one of somebody's interviews, with its application and company.

    :raises Missing: when there is none of that number, or it is another's
    """
    found = Interview.objects.select_related("application__company").filter(owner_id=owner_id, pk=pk).first()
    if found is None:
        raise Missing()
    return found


def stage(*, application_id: int, uid: UUID) -> Interview | None:
    """Return an interview of an application, with the application and its company, if there is one of that uid."""
    rows = Interview.objects.select_related("application__company")
    return rows.filter(application_id=application_id, uid=uid).first()


def _is_upcoming(at: Any) -> Any:
    return ExpressionWrapper(
        Q(**{at("status"): InterviewStatus.SCHEDULED}) & to_come(now=NOW, today=TODAY, under=at("")),
        output_field=BooleanField(),
    )


# Scheduled, and still to come; the statement takes ``now`` and ``today``.
IS_UPCOMING = From(_is_upcoming)


def asked_about() -> QuerySet[Interview]:
    """Return the interviews in which questions were asked, the latest first; the statement takes ``owner_id``."""
    return (
        interviews()
        .exclude(questions=[])
        .exclude(questions=None)
        .order_by(models.F("day").desc(nulls_last=True), "-created_at", "-pk")
    )


def _interview_date(at: Callable[[str], str]) -> Any:
    first = Interview.objects.filter(application_id=models.OuterRef(at("pk"))).order_by("scheduled_at", "pk")
    return Coalesce(models.F(at("interview_date")), models.Subquery(first.values("scheduled_at")[:1]))


# When an application's interview is: as it is written down, else the first one's beginning.
INTERVIEW_DATE = From(_interview_date, writes="interview_date")


def as_calendar(interview: Interview, *, at: datetime) -> bytes:
    """Return an interview as iCalendar (RFC 5545) has it. :param at: when it is handed out"""
    # Three megabytes, for what a process may never be asked.
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", f"interview-{interview.uid}@onward")
    event.add("dtstamp", at)
    event.add("summary", f"{interview.title}: {interview.application.company.name}")
    if interview.has_time:
        event.add("dtstart", interview.scheduled_at)
        event.add("dtend", interview.scheduled_at + timedelta(minutes=interview.duration_minutes or 60))
    elif interview.day is not None:
        event.add("dtstart", interview.day)
    else:
        event.add("dtstart", interview.scheduled_at.date())
    if place := interview.meeting_link or interview.meeting_location:
        event.add("location", place)
    if interview.preparation_notes:
        event.add("description", interview.preparation_notes)
    calendar = Calendar()
    calendar.add("prodid", "-//Onward//interviews//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
