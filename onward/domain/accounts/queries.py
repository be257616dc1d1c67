"""What is read of accounts. Each gives a queryset with named parameters, for a wire class to be put on."""

from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf, StrIndex, Trim
from django.db.models.lookups import GreaterThan

from onward.domain.accounts.choices import ROLES, Area, RoleName
from onward.domain.accounts.models import BackupCode, Role, SecondFactor, User
from onward.platform.record import name_key
from onward.platform.refusals import Missing
from onward.platform.wire import Fold, Param, Statement

USER = Param("user_id", models.BigIntegerField())


def account() -> models.QuerySet[User]:
    """The account of ``user_id``, with its second factor where there is one."""
    return User.objects.filter(pk=USER)


def full_name(at: Callable[[str], str] = str) -> Coalesce:
    """Return somebody's first and last name, or their username where they gave neither. :param at: the path to one"""
    whole = Trim(Concat(at("first_name"), Value(" "), at("last_name")))
    return Coalesce(NullIf(whole, Value("")), at("username"))


def accounts(area: Area) -> models.QuerySet[User]:
    """Return all accounts, each with its ``name`` and what it is in an area (``area_role``; null for nothing there).

    :param area: one in which everybody is one thing at most
    """
    role = Role.objects.filter(user=OuterRef("pk"), area=area).values("role")
    return User.objects.annotate(
        name=full_name(),
        area_role=Case(
            When(is_superuser=True, then=Value(RoleName.ADMIN)), default=Subquery(role), output_field=CharField()
        ),
    )


_ANY = Statement(lambda: account().values_list("pk"))


def require(*, pk: int) -> None:
    """Make sure that there is an account of a number.

    :raises Missing: when there is none
    """
    if _ANY.first(user_id=pk) is None:
        raise Missing()


def address_of(name: str) -> str:
    """Return the address of whoever signs in by a name: what holds an @ is one, and anything else a username.

    A name that nobody has is returned as it is: it opens nothing, as an unknown address does not.
    """
    if "@" in name:
        return name
    found = User.objects.filter(username_key=name_key(name)).values_list("email", flat=True).first()
    return name if found is None else found


def named_like(text: Param) -> Q:
    """Match people whose username or display name holds a text, in any case."""
    username, display_name = (
        Q(GreaterThan(StrIndex(Fold(F(name)), Fold(text)), 0)) for name in ("username", "display_name")
    )
    return username | display_name


def backup_codes_left() -> models.QuerySet[BackupCode]:
    """Backup codes that open something: not used, and their second factor is on."""
    return BackupCode.objects.filter(used_at=None, second_factor__confirmed_at__isnull=False)


def person(*, pk: int) -> User:
    """Return an account.

    :raises Missing: when there is none of that number
    """
    found = User.objects.filter(pk=pk).first()
    if found is None:
        raise Missing()
    return found


def in_area(area: Area, *roles: RoleName) -> Q:
    """Match the accounts that are something in an area. :param roles: one of these; where none is named, any"""
    wanted = Role.objects.filter(area=area.value, **({"role__in": [role.value for role in roles]} if roles else {}))
    found = Q(pk__in=wanted.values("user_id"))
    is_admin = RoleName.ADMIN in (roles or ROLES[area])
    if roles and not is_admin:
        # Who is a superuser is an admin, whatever their row says.
        return found & Q(is_superuser=False)
    return found | Q(is_superuser=True) if is_admin else found


def team(area: Area) -> models.QuerySet[User]:
    """Return who can be asked to do something in an area: its people whose accounts are open."""
    return User.objects.filter(in_area(area), is_active=True)


def names(pks: Iterable[int]) -> dict[int, str]:
    """Return what accounts are called, by their numbers: a full name, or the username where there is none."""
    rows = User.objects.filter(pk__in=set(pks)).values_list("pk", "first_name", "last_name", "username")
    return {pk: f"{first} {last}".strip() or username for pk, first, last, username in rows}


def local_time(*, pk: int, at: datetime) -> datetime:
    """Return a moment on somebody's clock.

    :raises Missing: when there is no account of that number
    """
    zone = User.objects.filter(pk=pk).values_list("timezone", flat=True).first()
    if zone is None:
        raise Missing()
    return at.astimezone(ZoneInfo(zone))


def has_account(*, email: str) -> bool:
    """Return whether there is an active account of this address."""
    return User.objects.filter(email=email, is_active=True).exists()


def has_second_factor(*, pk: int) -> bool:
    """Whether a code is asked for when somebody signs in."""
    return SecondFactor.objects.filter(user_id=pk, confirmed_at__isnull=False).exists()
