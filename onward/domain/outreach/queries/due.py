"""Reading follow-ups that are due, or that a calendar shows.

One that is nobody's on the team is to be done by whose the lead is; where that is nobody either, by the team's admins.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When

from onward.domain.accounts.choices import Area, RoleName
from onward.domain.accounts.models import User
from onward.domain.accounts.queries import in_area, team
from onward.domain.outreach.models import CalendarLink, FollowUp

# A calendar needs no more.
MOST_SHOWN = 1000


def admins() -> QuerySet[User]:
    """Return the team's admins."""
    return team(Area.OUTREACH).filter(in_area(Area.OUTREACH, RoleName.ADMIN))


def due(*, by: date) -> QuerySet[Any]:
    """Return the open follow-ups that are due by a day, each with its ``keeper_id``; null where admins must do it."""
    return _open().filter(due_date__lte=by)


def _open() -> QuerySet[Any]:
    return FollowUp.objects.filter(completed_at__isnull=True).annotate(
        keeper_id=_of_keeper("id"), keeper_zone=_of_keeper("timezone")
    )


def _of_keeper(field: str) -> Any:
    own, leads = "assigned_to", "lead__assigned_to"
    on_team = [When(Q(**{f"{path}__in": team(Area.OUTREACH)}), then=F(f"{path}__{field}")) for path in (own, leads)]
    return Case(*on_team, default=None)


def due_for(*, user_id: int, by: date) -> QuerySet[FollowUp]:
    """Return the open follow-ups that somebody must do by a day, with what they are about; the longest due first."""
    return _kept_by(due(by=by), user_id)


def _kept_by(rows: QuerySet[Any], user_id: int) -> QuerySet[FollowUp]:
    mine = Q(keeper_id=user_id)
    if admins().filter(pk=user_id).exists():
        mine |= Q(keeper_id__isnull=True)
    return rows.filter(mine).select_related("lead__posting").order_by("due_date", "pk")


def untold(*, by: date, zones: Sequence[str]) -> QuerySet[FollowUp]:
    """Return follow-ups that are due by a day on these clocks and that nobody has been told of.

    What admins must do is due with the first of them.
    """
    there = Q(keeper_zone__in=zones)
    if admins().filter(timezone__in=zones).exists():
        there |= Q(keeper_id__isnull=True)
    return due(by=by).filter(there, told_at__isnull=True)


def zones_with_untold(*, by: date) -> list[str]:
    """Return the clocks of those who have not been told of something that is due by a day."""
    found: set[str | None] = set(
        due(by=by).filter(told_at__isnull=True).values_list("keeper_zone", flat=True).distinct()
    )
    if None in found:
        found |= set(admins().values_list("timezone", flat=True))
    return sorted(zone for zone in found if zone is not None)


def calendar_of(*, uid: UUID) -> list[FollowUp] | None:
    """Return the open follow-ups of whose link this is, with what they are about; none when the link opens nothing."""
    link = CalendarLink.objects.filter(uid=uid, owner__in=team(Area.OUTREACH)).first()
    if link is None:
        return None
    return list(_kept_by(_open(), link.owner_id)[:MOST_SHOWN])


def calendar_link(*, user_id: int) -> CalendarLink | None:
    """Return the link to somebody's calendar, where they have one."""
    return CalendarLink.objects.filter(owner_id=user_id).first()
