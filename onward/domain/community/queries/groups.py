"""Reading groups. A private one is there for its members, and for its creator, who may have left it."""

from uuid import UUID

from django.db.models import Q, QuerySet

from onward.domain.community.models import Group, Membership
from onward.domain.community.queries.visibility import ASKER
from onward.platform.record import missing
from onward.platform.refusals import Forbidden, Missing
from onward.platform.wire import KEY, UID, Param, Statement


def of(person: int | Param) -> QuerySet[Membership, int]:
    """Return the keys of the groups that somebody is in, for a condition."""
    return Membership.objects.filter(Q(user_id=person)).values_list("group_id", flat=True)


def visible_to(asker: int | Param) -> Q:
    """Match the groups that somebody may see."""
    return Q(is_public=True) | Q(creator_id=asker) | Q(pk__in=of(asker))


def public() -> QuerySet[Group]:
    """Return the groups that are there for everybody."""
    return Group.objects.filter(is_public=True)


def mine() -> QuerySet[Group]:
    """Return the groups that somebody is in; the statement takes ``asker_id``."""
    return Group.objects.filter(pk__in=of(ASKER))


def visible() -> QuerySet[Group]:
    """Return the groups that are there for who asks; the statement takes ``asker_id``."""
    return Group.objects.filter(visible_to(ASKER))


def memberships() -> QuerySet[Membership]:
    """Return who is in groups: people whose account is disabled are in none."""
    return Membership.objects.filter(user__is_active=True)


def members() -> QuerySet[Membership]:
    """Return who is in a group; the statement takes ``uid``."""
    return memberships().filter(group__uid=UID)


def membership() -> QuerySet[Membership]:
    """Return one membership; the statement takes ``pk``."""
    return Membership.objects.filter(pk=KEY)


_THERE = Statement(lambda: visible().filter(uid=UID).values_list("pk"))


def require(*, asker_id: int, uid: UUID) -> None:
    """Make sure that a group is there for somebody.

    :raises Missing: when it is not
    """
    if _THERE.first(asker_id=asker_id, uid=uid) is None:
        raise unknown()


def group(*, asker_id: int, uid: UUID) -> Group:
    """Return a group that is there for somebody.

    :raises Missing: when it is not
    """
    found = Group.objects.filter(visible_to(asker_id), uid=uid).first()
    if found is None:
        raise unknown()
    return found


def created(*, by: int, uid: UUID, to: str) -> Group:
    """Return a group for its creator.

    :param to: what they would like to do with it: "update"
    :raises Missing: when it is not there for them
    :raises Forbidden: when somebody else has made it
    """
    found = group(asker_id=by, uid=uid)
    if found.creator_id != by:
        raise Forbidden(f"Only group creator can {to}")
    return found


def unknown() -> Missing:
    """Return the refusal of a group that is not there."""
    return missing("group")
