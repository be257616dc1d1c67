"""What is read of accounts. Each gives a queryset with named parameters, for a wire class to be put on."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from onward.domain.accounts.models import BackupCode, User
from onward.platform.wire import Fold, Param

USER = Param("user_id", models.BigIntegerField())


def account() -> models.QuerySet[User]:
    """The account of ``user_id``, with its second factor where there is one."""
    return User.objects.filter(pk=USER)


def named_like(text: Param) -> Q:
    """Match people whose username or display name holds a text, in any case."""
    username, display_name = (
        Q(GreaterThan(StrIndex(Fold(F(name)), Fold(text)), 0)) for name in ("username", "display_name")
    )
    return username | display_name


def backup_codes_left() -> models.QuerySet[BackupCode]:
    """Backup codes that open something: not used, and their second factor is on."""
    return BackupCode.objects.filter(used_at=None, second_factor__confirmed_at__isnull=False)
