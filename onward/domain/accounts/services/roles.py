"""Who is what in an area."""

from datetime import datetime

from django.db import transaction

from onward.domain.accounts.choices import OF_ONE_ROLE, ROLES, Area, RoleName
from onward.domain.accounts.events import RoleGranted, RoleRevoked
from onward.domain.accounts.models import Role, User
from onward.platform.events import publish
from onward.platform.record import locked
from onward.platform.refusals import Conflict, Invalid


@transaction.atomic
def grant(*, user: User, area: str, role: str, by_id: int | None, at: datetime) -> Role:
    """Make somebody something in an area: beside what they are there, or at the desk instead of it.

    Repeating it is no change.

    :param by_id: who says so; none where the operator does
    :raises Invalid: when there is no such area, or no such role in it
    :raises Conflict: when they are the area's last admin, and would be none
    """
    _check(area, role)
    user = locked(user)
    theirs = Role.objects.filter(user=user, area=area)
    found = theirs.filter(role=role).first()
    if found is not None:
        return found
    instead = theirs.first() if area in OF_ONE_ROLE else None
    before = instead.role if instead else ""
    if before == RoleName.ADMIN:
        keep_an_admin(area=area, without_id=user.pk)
    if instead is None:
        found = Role.objects.create(user=user, area=area, role=role, created_at=at, updated_at=at)
    else:
        found, found.role, found.updated_at = instead, role, at
        found.save(update_fields=["role", "updated_at"])
    publish(RoleGranted(owner_id=user.pk, at=at, area=area, role=role, before=before, by_id=by_id))
    return found


@transaction.atomic
def revoke(*, user: User, area: str, by_id: int | None, at: datetime, role: str | None = None) -> None:
    """Make somebody nothing in an area, or take one role of theirs away. Repeating it is no change.

    :param role: the one that is taken away; all, where none is named
    :raises Invalid: when there is no such area, or no such role in it
    :raises Conflict: when they are its last admin
    """
    if role is not None:
        _check(area, role)
    user = locked(user)
    theirs = Role.objects.filter(user=user, area=area, **({} if role is None else {"role": role}))
    for found in theirs.order_by("pk"):
        if found.role == RoleName.ADMIN:
            keep_an_admin(area=area, without_id=user.pk)
        found.delete()
        publish(RoleRevoked(owner_id=user.pk, at=at, area=area, before=found.role, by_id=by_id))


def keep_an_admin(*, area: str, without_id: int) -> None:
    """Make sure, until the transaction ends, that an area has an admin besides this one.

    :raises Conflict: when it has none
    """
    admins = Role.objects.filter(area=area, role=RoleName.ADMIN).order_by("pk")
    # All of them, so that two who leave at once do so one after the other; and asked again once they are held, for
    # what is joined to a row that was waited for is judged as it was before.
    list(admins.select_for_update(of=("self",), no_key=True).values_list("pk"))
    if not admins.filter(user__is_active=True).exclude(user_id=without_id).exists():
        raise Conflict("This is the last admin. Make somebody else an admin first.", code="last_admin")


def _check(area: str, role: str) -> None:
    if area not in Area.values:
        raise Invalid(fields={"area": [f"There is no such area; there are {', '.join(Area.values)}."]})
    known = [name.value for name in ROLES[Area(area)]]
    if role not in known:
        raise Invalid(fields={"role": [f"There is no such role in {area}; there are {', '.join(known)}."]})
