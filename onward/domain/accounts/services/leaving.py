"""Leaving: an account is closed at once, and a job erases what was kept of it.

What leaving means for the rows of an app is said in its ``leaving.py``: ``leave(user_id=…, at=…)``, which may end
anywhere and is called again then. What refers to the account and is said nowhere is deleted with it, or names nobody
any more, as its foreign key says.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import module_has_submodule

from onward.domain.accounts.choices import RoleName
from onward.domain.accounts.events import AccountDisabled
from onward.domain.accounts.models import Departure, Identity, Link, Role, SecondFactor, SignInRequest, User
from onward.domain.accounts.services.roles import keep_an_admin
from onward.platform import storage, tokens
from onward.platform.events import publish
from onward.platform.jobs import enqueue
from onward.platform.jobs.services import forget_account
from onward.platform.record import locked, locked_for_removal
from onward.platform.record.erasing import erase_references, references
from onward.platform.refusals import Conflict

# How long it is tried to tell them; what was kept of them is erased by then anyhow.
TOLD_WITHIN = timedelta(days=3)
# What is not emptied: the row's own, and what is set apart.
_KEPT = frozenset(
    {"id", "uid", "created_at", "updated_at", "email", "username", "username_key", "password", "is_active"}
)
_ADMINS = Q(is_staff=True) | Q(is_superuser=True)


@transaction.atomic
def close(*, user_id: int, at: datetime) -> None:
    """Close an account: its sessions end, its profile is empty, and its name and address are free.

    One that is closed, or was switched off, stays as it is.

    :raises Conflict: when they are the server's last admin, or an area's
    """
    if User.objects.filter(_ADMINS, pk=user_id).exists():
        _keep_an_admin(without_id=user_id)
    user = locked(User(pk=user_id))
    if not user.is_active:
        return
    for area in Role.objects.filter(user=user, role=RoleName.ADMIN).values_list("area", flat=True):
        keep_an_admin(area=area, without_id=user.pk)
    Departure.objects.create(user=user, email=user.email, closed_at=at)
    tokens.end_sessions(user_id=user.pk, except_id=None, reason="account closed", at=at)
    publish(AccountDisabled(owner_id=user.pk, at=at, by_id=user.pk))
    if user.picture_key:
        storage.delete_file(user.picture_key)
    # What they could come in by, and what would keep them from registering again with the same.
    for model in (Identity, SignInRequest, Link, SecondFactor, Role):
        model._default_manager.filter(user_id=user.pk).delete()
    _empty(user, at)
    ask_to_erase(user_id=user.pk)


def ask_to_erase(*, user_id: int) -> None:
    """Ask for what is kept of a closed account to be erased."""
    enqueue("accounts.erase", key=user_id, user_id=user_id)


def _keep_an_admin(*, without_id: int) -> None:
    """Make sure, until the transaction ends, that the server has an admin besides this one.

    :raises Conflict: when it has none
    """
    admins = User.objects.filter(_ADMINS, is_active=True).order_by("pk")
    # All of them, the lower number first, so that two who leave at once do so one after the other.
    list(admins.select_for_update(of=("self",), no_key=True).values_list("pk"))
    if not admins.exclude(pk=without_id).exists():
        raise Conflict("This is the last admin. Make somebody else an admin first.", code="last_admin")


def _empty(user: User, at: datetime) -> None:
    for field in User._meta.concrete_fields:
        if field.name not in _KEPT:
            setattr(user, field.attname, field.get_default())
    user.email, user.username = f"{user.uid.hex}@left.invalid", f"left-{user.uid.hex}"
    user.set_unusable_password()
    user.is_active, user.updated_at = False, at
    user.save()
    user.groups.clear()
    user.user_permissions.clear()


def erase(*, user_id: int, at: datetime, wanted: Callable[[], object] = lambda: None) -> Departure | None:
    """Erase what is kept of a closed account, all but that it was closed and where its owner is told.

    Repeating it is harmless: whatever has ended it in between, it goes on from there.

    :param wanted: called now and then; raises when nobody wants it any more
    :returns: none where there is nothing to erase any more
    """
    departure = Departure.objects.filter(user_id=user_id).first()
    if departure is None:
        return None
    for leave in parts():
        wanted()
        leave(user_id=user_id, at=at)
    erase_references(User, user_id, wanted=wanted, but=(Departure,))
    # The job that does this says nothing of an account but its number.
    forget_account(account=user_id, email=departure.email, but="accounts.erase")
    _forget_logged(user_id)
    return departure


@cache
def parts() -> tuple[Callable[..., None], ...]:
    """Return what the apps say of leaving; those that build on others first."""
    configs = reversed([config for config in apps.get_app_configs() if config.module is not None])
    return tuple(
        import_module(f"{config.name}.leaving").leave
        for config in configs
        if module_has_submodule(config.module, "leaving")
    )


def _forget_logged(user_id: int) -> None:
    """Forget what the admin pages have noted of rows that are gone, and of the account: how they were called."""
    for kind in ContentType.objects.filter(pk__in=LogEntry.objects.values("content_type_id").distinct()):
        model: Any = kind.model_class()
        if model is None:
            continue
        noted = LogEntry.objects.filter(content_type=kind).exclude(object_repr="")
        keys = {key for key in noted.values_list("object_id", flat=True).distinct() if key}
        there = {str(pk) for pk in model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)}
        gone = keys - there | ({str(user_id)} if model is User else set())
        noted.filter(object_id__in=gone).update(object_repr="", change_message="")


@transaction.atomic
def forget(*, user_id: int) -> bool:
    """Delete a closed account, of which everything else is erased; returns whether it was.

    A request that was under way when it was closed may have ended after its words were erased. While the row is held
    nobody can commit anything of theirs, and afterwards it refers to nobody.
    """
    user = locked_for_removal(User(pk=user_id))
    for model, field in references(User):
        if model is not Departure and model._base_manager.filter(**{field.name: user_id}).exists():
            return False
    user.delete()
    return True


def unfinished() -> list[int]:
    """Return the accounts that were closed and are still there."""
    return list(Departure.objects.order_by("pk").values_list("user_id", flat=True))
