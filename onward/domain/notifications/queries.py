"""Reading notifications and preferences."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from onward.domain.applications.choices import Status
from onward.domain.applications.models import Application
from onward.domain.insight import queries as insight
from onward.domain.interviews.choices import InterviewStatus
from onward.domain.interviews.models import Interview
from onward.domain.interviews.queries import to_come
from onward.domain.notifications.choices import CareerNoticeType, DeskNoticeType, NotificationStatus, NotificationType
from onward.domain.notifications.models import Notice, Notification, Preferences
from onward.domain.notifications.wishes import COLUMNS, NOTICE_COLUMNS, NoticeWishes, Wishes, wishes
from onward.platform.wire import KEY, OWNER, From, Param, Statement

# Of each list in a summary.
MOST_LINES = 10
SILENCE = timedelta(days=14)


def preferences() -> QuerySet[Any]:
    """Return the account whose preferences are asked for; the statement takes ``owner_id``."""
    return get_user_model()._default_manager.filter(pk=OWNER)


def preference(name: str, *, default: Any = None) -> From:
    """Show a preference of an account, or its default where nobody has chosen anything."""

    def source(at: Any) -> Any:
        column = F(at(f"notification_preferences__{name}"))
        return column if default is None else Coalesce(column, Value(default))

    return From(source)


def history() -> QuerySet[Notification]:
    """Return one person's notifications; the statement takes ``owner_id``."""
    return Notification.objects.filter(owner_id=OWNER)


def desk_notices() -> QuerySet[Notice]:
    """Return what one person was told at the outreach desk; the statement takes ``owner_id``."""
    return Notice.objects.filter(owner_id=OWNER, type__in=DeskNoticeType.values)


def career_notices() -> QuerySet[Notice]:
    """Return what one person was told of their own career; the statement takes ``owner_id``."""
    return Notice.objects.filter(owner_id=OWNER, type__in=CareerNoticeType.values)


IS_READ = From(
    lambda at: ExpressionWrapper(Q(**{f"{at('read_at')}__isnull": False}), output_field=models.BooleanField())
)


_WISHES = Statement(lambda: preferences().values_list(*COLUMNS))


def wishes_of(*, owner_id: int) -> Wishes:
    """Return what somebody wishes for."""
    row = _WISHES.first(owner_id=owner_id)
    return wishes(row if row is not None else ("UTC", *[None] * (len(COLUMNS) - 1)))


def preferences_of(*, owner_id: int) -> Preferences:
    """Return somebody's preferences, or the defaults where nothing was chosen; not to be saved."""
    return Preferences.objects.filter(owner_id=owner_id).first() or Preferences(owner_id=owner_id)


def notice_wishes(owner_ids: Collection[int]) -> dict[int, NoticeWishes]:
    """Return what each of these accounts wishes to find in its feed."""
    rows = Preferences.objects.filter(owner_id__in=owner_ids).values_list("owner_id", *NOTICE_COLUMNS)
    return dict.fromkeys(owner_ids, NoticeWishes()) | {owner_id: NoticeWishes(*row) for owner_id, *row in rows}


# In the text, not among the parameters: where a partial index hangs on a parameter, SQLite plans the statement anew
# each time that it runs, which takes longer than running it.
_PENDING = RawSQL(f"'{NotificationStatus.PENDING}'", [], models.CharField())  # noqa: S611 - a constant of ours

_MOVE = Statement(
    lambda: (
        Application.objects.filter(owner_id=OWNER, pk=KEY)
        .annotate(
            waiting=models.Exists(
                Notification.objects.filter(
                    application_id=KEY,
                    notification_type=NotificationType.APPLICATION_STATUS,
                    claimed_until__isnull=True,
                )
                .filter(Exact(F("status"), _PENDING))
                .filter(Q(due_at__gt=Param("soon", models.DateTimeField())) | Q(held_since__isnull=False))
            )
        )
        .values_list("waiting", *(f"owner__{column}" for column in COLUMNS))
    )
)


def wishes_about_a_move(*, owner_id: int, application_id: int, soon: datetime) -> Wishes | None:
    """Return what the owner of an application wishes for; none when a mail waits that will tell of this move, too.

    :param soon: one that is sent before then counts for nothing: it may be on its way already. One that waits for a
        verified address counts
    """
    row = _MOVE.first(owner_id=owner_id, pk=application_id, soon=soon)
    return None if row is None or row[0] else wishes(row[1:])


_INTERVIEW = Statement(
    lambda: Interview.objects.filter(owner_id=OWNER, pk=KEY).values_list(
        "status", *(f"owner__{column}" for column in COLUMNS)
    )
)


def wishes_about_an_interview(*, owner_id: int, interview_id: int) -> Wishes | None:
    """Return what the owner of an interview wishes for; none when it is not one to come."""
    row = _INTERVIEW.first(owner_id=owner_id, pk=interview_id)
    return wishes(row[1:]) if row is not None and row[0] == InterviewStatus.SCHEDULED else None


def upcoming_interviews(*, owner_id: int, at: datetime) -> QuerySet[Interview]:
    """Return the interviews of somebody that are to come, with the names that a reminder needs."""
    return Interview.objects.filter(
        owner_id=owner_id, status=InterviewStatus.SCHEDULED, day__isnull=False, scheduled_at__gt=at
    ).select_related("application__company")


@dataclass(frozen=True, kw_only=True)
class Week:
    """What a weekly summary says.

    :ivar begin: the Monday on which the summary is sent; the numbers are of the week before
    :ivar overview: where the job hunt stands
    :ivar interviews: of the week that begins
    :ivar actions: applications whose next action is due by the end of the week that begins
    :ivar silent: applications of which nothing has been heard for 14 days; ``silent_count`` in all
    """

    begin: date
    overview: insight.Overview
    applied: int
    answered: int
    held: int
    interviews: list[Interview]
    actions: list[Application]
    silent: list[Application]
    silent_count: int

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing in it that anybody would want to read."""
        return not (
            self.overview.active
            or self.applied
            or self.answered
            or self.held
            or self.interviews
            or self.actions
            or self.silent_count
        )


# These have not ended; a wish may have a next step, too.
_OPEN = (Status.WISHLIST, Status.APPLIED, Status.SCREENING, Status.INTERVIEWING, Status.OFFER)
_AWAITED = (Status.APPLIED, Status.SCREENING, Status.INTERVIEWING)


def week(*, owner_id: int, begin: date, since: datetime, turn: datetime, until: datetime, at: datetime) -> Week:
    """Sum up somebody's week.

    :param begin: the Monday that has come
    :param since: when the week before began on the owner's clock
    :param turn: when it ended
    :param until: when the week that has begun ends on it
    :param at: the time on it
    """
    before, end = begin - timedelta(days=7), begin + timedelta(days=7)
    mine = Application.objects.filter(owner_id=owner_id)
    counted = mine.aggregate(
        applied=models.Count("pk", filter=Q(applied_date__gte=before, applied_date__lt=begin)),
        answered=models.Count("pk", filter=Q(response_date__gte=before, response_date__lt=begin)),
    )
    interviews = Interview.objects.filter(owner_id=owner_id)
    silent = (
        mine.filter(status__in=_AWAITED, updated_at__lt=at - SILENCE)
        .filter(Q(applied_date__isnull=True) | Q(applied_date__lte=(at - SILENCE).date()))
        .exclude(
            pk__in=interviews.filter(to_come(now=at, today=at.date()), status=InterviewStatus.SCHEDULED).values(
                "application_id"
            )
        )
    )
    return Week(
        begin=begin,
        overview=insight.overview(owner_id=owner_id, at=at),
        applied=counted["applied"],
        answered=counted["answered"],
        held=interviews.filter(
            status=InterviewStatus.COMPLETED, scheduled_at__gte=since, scheduled_at__lt=turn
        ).count(),
        interviews=list(
            upcoming_interviews(owner_id=owner_id, at=at)
            .filter(scheduled_at__lt=until)
            .order_by("scheduled_at", "pk")[:MOST_LINES]
        ),
        actions=list(
            mine.filter(status__in=_OPEN, next_action_date__lt=end)
            .exclude(next_action="")
            .select_related("company")
            .order_by("next_action_date", "pk")[:MOST_LINES]
        ),
        silent=list(silent.select_related("company").order_by("updated_at", "pk")[:MOST_LINES]),
        silent_count=silent.count(),
    )


def awaiting_summary(*, zones: list[str], week: date) -> QuerySet[Any]:
    """Return the accounts on these clocks that get a summary for this week and that none has been planned for.

    Who has never written anything down gets none.
    """
    Account = get_user_model()  # noqa: N806 - a class
    return (
        Account._default_manager.filter(is_active=True, is_email_verified=True, timezone__in=zones)
        .exclude(notification_preferences__weekly_summary=False)
        .filter(models.Exists(Application.objects.filter(owner_id=models.OuterRef("pk"))))
        .exclude(models.Exists(Notification.objects.filter(owner_id=models.OuterRef("pk"), week=week)))
    )
