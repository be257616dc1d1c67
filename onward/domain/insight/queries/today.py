"""What somebody's day asks of them, in one list: where they are expected, then what is due, then what went quiet."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Case, CharField, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast

from onward.domain.applications.choices import ACTIVE, WAITING, Status
from onward.domain.applications.models import Application, StatusChange
from onward.domain.community.models import Progress
from onward.domain.insight.queries.story import interview_title
from onward.domain.insight.queries.wanted import QUIET_DAYS
from onward.domain.interviews.choices import InterviewStatus
from onward.domain.interviews.models import Interview
from onward.domain.interviews.queries import to_come
from onward.domain.reminders.models import Reminder
from onward.platform.database.literal import Literal
from onward.platform.wire import OWNER, Param, Statement
from onward.platform.wire.values import instant, plain_day

# The list is for a day: of each kind no more than these.
MOST = 50
MOST_QUIET = 10
# How long before it a deadline is on the list.
DEADLINES_WITHIN = timedelta(days=3)
# For how long an interview that has gone by is asked after.
ASKED_AFTER = timedelta(days=30)

Rows = QuerySet[Any, Any]
_NOW, _MIDNIGHT, _UNTIL, _ASKED_AFTER, _QUIET_SINCE, _BEGIN, _BEGIN_BEFORE = (
    Param(name, models.DateTimeField())
    for name in ("now", "midnight", "until", "asked_after", "quiet_since", "begin", "begin_before")
)
_TODAY, _SOON, _MONDAY, _MONDAY_BEFORE = (
    Param(name, models.DateField()) for name in ("today", "soon", "monday", "monday_before")
)


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
    of_kind = _items(owner_id, here, midnight)
    planned = of_kind["interview"]
    todo = [item for kind in _TODO for item in of_kind[kind]]
    todo.sort(key=lambda item: item.due)
    # The longest quiet have been given up: those that have just gone quiet come first.
    items = [*(item for item in planned if item.due < midnight), *todo, *reversed(of_kind["quiet"])]
    sums = _sums(owner_id, here)
    return Day(
        items,
        [item for item in planned if item.due >= midnight],
        sums.applications > 0,
        Week(sums.sent, sums.answers, sums.interviews),
        Week(sums.sent_before, sums.answers_before, sums.interviews_before),
        sums.streak_on(here.date()),
        {"application": sums.applications > 0, "interview": sums.any_interview > 0},
    )


_TODO = ("past_interview", "reminder", "action", "apply_by", "answer_by")


def _items(owner_id: int, here: datetime, midnight: datetime) -> dict[str, list[Item]]:
    """Return what there is of each kind, the earliest first."""
    rows = _due().rows(
        owner_id=owner_id,
        now=here,
        today=here.date(),
        midnight=midnight,
        until=midnight + timedelta(days=7),
        asked_after=here - ASKED_AFTER,
        soon=here.date() + DEADLINES_WITHIN,
        quiet_since=here - timedelta(days=QUIET_DAYS),
    )
    of_kind: dict[str, list[Item]] = {kind: [] for kind in ("interview", *_TODO, "quiet")}
    for kind, at, on, pk, application_id, company, title, text, type_, link, has_time in rows:
        day = plain_day(on)
        due = _morning(day, here) if day else instant(at)
        said = text or (interview_title(type_) if kind in {"interview", "past_interview"} else "")
        of_kind[kind].append(
            Item(kind, due, pk, application_id, company or "", title or "", said, link, has_time=bool(has_time))
        )
    for found in of_kind.values():
        found.sort(key=lambda item: item.due)
    return of_kind


@cache
def _due() -> Statement:
    """Return the statement of all that is due, of each kind as many as a day can hold."""

    def parts() -> list[Any]:
        kinds = (_planned(), _gone_by(), _reminders(), _actions(), _wishes(), _offers(), _quiet())
        found: list[Any] = []
        for number, rows in enumerate(kinds):
            found += [" UNION ALL " if number else "", "SELECT * FROM (", rows, f") t{number}"]
        return found

    return Statement(parts)


_NO_TIME = Cast(Value(None), models.DateTimeField())
_NO_DAY = Cast(Value(None), models.DateField())
_NOTHING = Literal("", output_field=CharField())


def _columns(
    rows: Rows,
    kind: str,
    *,
    under: str = "",
    at: Any = _NO_TIME,
    on: Any = _NO_DAY,
    text: Any = _NOTHING,
    type_: Any = _NOTHING,
    link: Any = _NOTHING,
    has_time: Any = None,
) -> Rows:
    """Return rows in the columns that all kinds share.

    :param under: the path to the application
    :param at: when it is due, where that is a time
    :param on: when it is due, where that is a day
    """
    said = {
        "due_kind": Literal(kind, output_field=CharField()),
        "due_at": at,
        "due_on": on,
        "due_text": text,
        "due_type": type_,
        "due_link": link,
        "due_time": Literal(0, output_field=models.IntegerField()) if has_time is None else has_time,
    }
    first, last = ("due_kind", "due_at", "due_on"), ("due_text", "due_type", "due_link", "due_time")
    about = (f"{under}pk", f"{under}company__name", f"{under}job_title")
    shown: Rows = rows.annotate(**said).values_list(*first, "pk", *about, *last)
    return shown


def _scheduled(**which: Any) -> Rows:
    return Interview.objects.filter(owner_id=OWNER, status=InterviewStatus.SCHEDULED, **which)


def _interviews(rows: Rows, kind: str) -> Rows:
    place = Case(When(meeting_link="", then=F("meeting_location")), default=F("meeting_link"), output_field=CharField())
    known = Case(When(has_time=True, then=Value(1)), default=Value(0), output_field=models.IntegerField())
    return _columns(
        rows,
        kind,
        under="application__",
        at=F("scheduled_at"),
        text=F("name"),
        type_=F("interview_type"),
        link=place,
        has_time=known,
    )


def _planned() -> Rows:
    rows = _scheduled(scheduled_at__lt=_UNTIL).filter(to_come(now=_NOW, today=_TODAY))
    return _interviews(rows, "interview").order_by("scheduled_at")[:MOST]


def _gone_by() -> Rows:
    rows = _scheduled(scheduled_at__gte=_ASKED_AFTER, scheduled_at__lte=_NOW, application__status__in=ACTIVE)
    return _interviews(rows.exclude(to_come(now=_NOW, today=_TODAY)), "past_interview").order_by("-scheduled_at")[:MOST]


def _reminders() -> Rows:
    rows = Reminder.objects.filter(owner_id=OWNER, completed_at=None, remind_at__lt=_MIDNIGHT)
    has_time = Literal(1, output_field=models.IntegerField())
    shown = _columns(rows, "reminder", under="application__", at=F("remind_at"), text=F("title"), has_time=has_time)
    return shown.order_by("remind_at")[:MOST]


def _applications(**which: Any) -> Rows:
    return Application.objects.filter(owner_id=OWNER, **which)


def _actions() -> Rows:
    rows = _applications(next_action_date__lte=_TODAY, status__in=(Status.WISHLIST, *ACTIVE))
    shown = _columns(rows, "action", on=F("next_action_date"), text=F("next_action"))
    return shown.order_by("next_action_date", "pk")[:MOST]


def _wishes() -> Rows:
    """Return wishes that can still be sent, and not for long."""
    rows = _applications(status=Status.WISHLIST, deadline__lte=_SOON)
    return _columns(rows, "apply_by", on=F("deadline")).order_by("deadline")[:MOST]


def _offers() -> Rows:
    """Return offers that want an answer soon."""
    rows = _applications(status=Status.OFFER, outcome__deadline__lte=_SOON)
    return _columns(rows, "answer_by", on=F("outcome__deadline")).order_by("outcome__deadline")[:MOST]


def _quiet() -> Rows:
    moves = StatusChange.objects.filter(application_id=OuterRef("pk")).order_by().values("application_id")
    rows = _applications(status=WAITING[0], next_action_date=None)
    heard = rows.annotate(heard=Subquery(moves.annotate(last=Max("changed_at")).values("last")))
    shown = _columns(heard.filter(heard__lt=_QUIET_SINCE), "quiet", at=F("heard"))
    return shown.order_by("-heard")[:MOST_QUIET]


class _Sums(NamedTuple):
    """What was done this week and in the one before, and since when something is done every day."""

    applications: int
    sent: int
    sent_before: int
    answers: int
    answers_before: int
    any_interview: int
    interviews: int
    interviews_before: int
    streak: int
    last_active_on: date | None

    def streak_on(self, day: date) -> int:
        """Return how long it is on a day: it is broken once a whole day has gone by."""
        active = self.last_active_on
        return self.streak if active is not None and active >= day - timedelta(days=1) else 0


def _sums(owner_id: int, here: datetime) -> _Sums:
    monday = here.date() - timedelta(days=here.weekday())
    begin = _morning(monday, here)
    (row,) = _counted().rows(
        owner_id=owner_id,
        now=here,
        today=here.date(),
        monday=monday,
        monday_before=monday - timedelta(days=7),
        begin=begin,
        begin_before=begin - timedelta(days=7),
    )
    *counts, last = row
    # Where there is no row of a kind, its columns are null.
    return _Sums._make((*(count or 0 for count in counts), plain_day(last)))


@cache
def _counted() -> Statement:
    def parts() -> list[Any]:
        found: list[Any] = ["SELECT a.*, i.*, p.* FROM (SELECT 1 AS one) o"]
        for name, rows in (("a", _applications_counted()), ("i", _interviews_counted()), ("p", _progress())):
            found += [" LEFT JOIN (", rows, f") {name} ON 1 = 1"]
        return found

    return Statement(parts)


def _applications_counted() -> Rows:
    sent = ~Q(status=Status.WISHLIST)
    # Grouped by the one owner, so that it is a queryset and no answer.
    rows: Rows = (
        _applications()
        .order_by()
        .values("owner_id")
        .annotate(
            c_all=Count("pk"),
            c_sent=Count("pk", filter=sent & Q(applied_date__gte=_MONDAY, applied_date__lte=_TODAY)),
            c_sent_before=Count("pk", filter=sent & Q(applied_date__gte=_MONDAY_BEFORE, applied_date__lt=_MONDAY)),
            c_answers=Count("pk", filter=Q(response_date__gte=_MONDAY, response_date__lte=_TODAY)),
            c_answers_before=Count("pk", filter=Q(response_date__gte=_MONDAY_BEFORE, response_date__lt=_MONDAY)),
        )
        .values_list("c_all", "c_sent", "c_sent_before", "c_answers", "c_answers_before")
    )
    return rows


def _interviews_counted() -> Rows:
    held = Interview.objects.filter(owner_id=OWNER).exclude(status=InterviewStatus.CANCELLED)
    return (
        held.order_by()
        .values("owner_id")
        .annotate(
            c_any=Count("pk"),
            c_now=Count("pk", filter=Q(scheduled_at__gte=_BEGIN, scheduled_at__lt=_NOW)),
            c_before=Count("pk", filter=Q(scheduled_at__gte=_BEGIN_BEFORE, scheduled_at__lt=_BEGIN)),
        )
        .values_list("c_any", "c_now", "c_before")
    )


def _progress() -> Rows:
    return Progress.objects.filter(user_id=OWNER).values_list("streak_days", "last_active_on")


def _morning(day: date, here: datetime) -> datetime:
    return datetime.combine(day, time.min, tzinfo=here.tzinfo)
