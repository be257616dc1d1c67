"""Reading follow-ups that are due, or that a calendar shows."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from onward.domain.accounts.choices import Area
from onward.domain.accounts.queries import team
from onward.domain.outreach.models import CalendarLink, FollowUp

# A calendar needs no more.
MOST_SHOWN = 1000


def due(*, by: date) -> QuerySet[FollowUp]:
    """Return the open follow-ups that are due by a day and are somebody's on the team."""
    return FollowUp.objects.filter(completed_at__isnull=True, due_date__lte=by, assigned_to__in=team(Area.OUTREACH))


def due_for(*, user_id: int, by: date) -> QuerySet[FollowUp]:
    """Return somebody's open follow-ups that are due by a day, with what they are about; the longest due first."""
    mine = due(by=by).filter(assigned_to_id=user_id)
    return mine.select_related("lead__posting").order_by("due_date", "pk")


def untold(*, by: date, zones: Sequence[str]) -> QuerySet[FollowUp]:
    """Return follow-ups that are due by a day on these clocks and that their assignees have not been told of."""
    return due(by=by).filter(told_at__isnull=True, assigned_to__timezone__in=zones)


def zones_with_untold(*, by: date) -> list[str]:
    """Return the clocks of those who have not been told of something that is due by a day."""
    names = due(by=by).filter(told_at__isnull=True).values_list("assigned_to__timezone", flat=True)
    return sorted(set(names.distinct()))


def calendar_of(*, uid: UUID) -> list[FollowUp] | None:
    """Return the open follow-ups of whose link this is, with what they are about; none when the link opens nothing."""
    link = CalendarLink.objects.filter(uid=uid, owner__in=team(Area.OUTREACH)).first()
    if link is None:
        return None
    mine = FollowUp.objects.filter(assigned_to_id=link.owner_id, completed_at__isnull=True)
    return list(mine.select_related("lead__posting").order_by("due_date", "pk")[:MOST_SHOWN])


def calendar_link(*, user_id: int) -> CalendarLink | None:
    """Return the link to somebody's calendar, where they have one."""
    return CalendarLink.objects.filter(owner_id=user_id).first()
