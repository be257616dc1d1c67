"""What is read of accounts. Each gives a queryset with named parameters, for a wire class to be put on."""

from django.db import models
from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf, StrIndex, Trim
from django.db.models.lookups import GreaterThan

from onward.domain.accounts.choices import Area, RoleName
from onward.domain.accounts.models import BackupCode, Role, User
from onward.platform.wire import Fold, Param

USER = Param("user_id", models.BigIntegerField())


def account() -> models.QuerySet[User]:
    """The account of ``user_id``, with its second factor where there is one."""
    return User.objects.filter(pk=USER)


def accounts(area: Area) -> models.QuerySet[User]:
    """All accounts, each with its ``name`` and with what it is in an area (``area_role``, null for nothing there)."""
    role = Role.objects.filter(user=OuterRef("pk"), area=area).values("role")
    return User.objects.annotate(
        name=Coalesce(NullIf(Trim(Concat("first_name", Value(" "), "last_name")), Value("")), "username"),
        area_role=Case(
            When(is_superuser=True, then=Value(RoleName.ADMIN)), default=Subquery(role), output_field=CharField()
        ),
    )


def named_like(text: Param) -> Q:
    """Match people whose username or display name holds a text, in any case."""
    username, display_name = (
        Q(GreaterThan(StrIndex(Fold(F(name)), Fold(text)), 0)) for name in ("username", "display_name")
    )
    return username | display_name


def backup_codes_left() -> models.QuerySet[BackupCode]:
    """Backup codes that open something: not used, and their second factor is on."""
    return BackupCode.objects.filter(used_at=None, second_factor__confirmed_at__isnull=False)
