"""What the admins of an area do with accounts.

They are not the server's staff: of an account that they have not made they may change its role in their area, and
nothing else. Whoever could change its address could come in by it.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from onward.domain.accounts import usernames
from onward.domain.accounts.choices import Area, RoleName
from onward.domain.accounts.demands import Demands, unmet
from onward.domain.accounts.events import AccountDisabled, MemberAdded, ProfileChanged
from onward.domain.accounts.models import Role, User
from onward.domain.accounts.services import profiles, roles
from onward.domain.accounts.services.registration import LONGEST_DISPLAY_NAME, Taken, insert, taken_names
from onward.platform import record, tokens
from onward.platform.events import publish
from onward.platform.record import locked
from onward.platform.refusals import Conflict, Forbidden, Invalid
from onward.platform.tokens.actor import Actor

# Of an account that the area has made.
FIELDS = frozenset({"email", "username", "display_name", "first_name", "last_name", "is_active"})


def add(
    *,
    by: Actor,
    area: Area,
    role: str | None,
    email: str,
    demands: Demands,
    at: datetime,
    username: str = "",
    password: str | None = None,
    display_name: str = "",
    first_name: str = "",
    last_name: str = "",
) -> User:
    """Make an account for somebody, who is something in the area from then on.

    :param role: none, where they are to be nothing there
    :param username: made of the address where none is given
    :param password: none, to invite them: a mail leads them to where they choose one
    :param demands: what the API asks of ``username`` and ``password``
    :raises Invalid: naming what cannot be accepted
    :raises Conflict: naming ``email`` and ``username`` where somebody has them already
    """
    email = email.strip().lower()
    shown = display_name or f"{first_name} {last_name}".strip()
    names = [User.normalize_username(username)] if username else usernames.of_address(email)
    user = User(
        email=email,
        username=names[0],
        display_name=shown[:LONGEST_DISPLAY_NAME] or None,
        first_name=first_name,
        last_name=last_name,
        made_in=area,
        created_at=at,
        updated_at=at,
    )
    demanded = {"username": user.username} if username else {}
    _check(user, demanded if password is None else demanded | {"password": password}, demands)
    user.password = make_password(password)
    with transaction.atomic():
        try:
            insert(user, names=names)
        except Taken as taken:
            raise _clash(taken.fields) from None
        if role is not None:
            roles.grant(user=user, area=area, role=role, by_id=by.user_id, at=at)
        publish(MemberAdded(owner_id=user.pk, at=at, area=area, by_id=by.user_id, invited=password is None))
    return user


def _clash(taken: dict[str, list[str]]) -> Conflict:
    return Conflict(next(iter(taken.values()))[0], fields=taken)


@transaction.atomic
def change(*, by: Actor, area: Area, user: User, changes: Mapping[str, Any], demands: Demands, at: datetime) -> None:
    """Change an account as far as an area's admin may: all that is given, or nothing.

    :param changes: ``role`` in the area, none to take it away; and `FIELDS`. What is as it was is no change
    :raises Invalid: naming what cannot be accepted
    :raises Forbidden: when somebody else has made the account, or it is the staff's, and more than the role is changed
    :raises Conflict: when a name is taken, or the area would be without an admin
    """
    user = locked(user)
    wanted = dict(changes)
    if "email" in wanted:
        wanted["email"] = str(wanted["email"]).strip().lower()
    if "username" in wanted:
        wanted["username"] = User.normalize_username(wanted["username"])
    changed = record.change(user, FIELDS, wanted)
    if changed:
        _check_reach(by, area, user, changed)
        _check(user, {name: getattr(user, name) for name in changed}, demands, only=changed)
        _save(user, changed, area, by, at)
    if "role" in changes:
        if changes["role"] is None:
            roles.revoke(user=user, area=area, by_id=by.user_id, at=at)
        else:
            roles.grant(user=user, area=area, role=changes["role"], by_id=by.user_id, at=at)


def _check_reach(by: Actor, area: Area, user: User, changed: list[str]) -> None:
    if not by.is_superuser and (user.made_in != area or user.is_staff or user.is_superuser):
        raise Forbidden("This account was not made here: only its role can be changed.")
    if "email" in changed and user.last_login is not None:
        # Their own record is theirs from then on, and whoever reads the mails to an address can come in.
        raise Forbidden("Its owner has signed in: they alone can change the address.")


def _save(user: User, changed: list[str], area: Area, by: Actor, at: datetime) -> None:
    if "email" in changed:
        user.is_email_verified = False
    user.updated_at = at
    if "is_active" in changed and not user.is_active:
        _switch_off(user, area, by, at)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        taken = taken_names(user)
        if not taken:
            raise
        raise _clash(taken) from None
    if about_them := profiles.EDITABLE & set(changed):
        publish(ProfileChanged(owner_id=user.pk, at=at, fields=tuple(sorted(about_them))))


def _switch_off(user: User, area: str, by: Actor, at: datetime) -> None:
    """End what an account has open that is being disabled.

    :raises Conflict: when it is the area's last admin
    """
    if Role.objects.filter(user=user, area=area, role=RoleName.ADMIN).exists():
        roles.keep_an_admin(area=area, without_id=user.pk)
    tokens.end_sessions(user_id=user.pk, except_id=None, reason="account disabled", at=at)
    publish(AccountDisabled(owner_id=user.pk, at=at, by_id=by.user_id))


def _check(user: User, demanded: Mapping[str, Any], demands: Demands, *, only: Collection[str] = ()) -> None:
    """Refuse what an account cannot say. :param only: the fields to look at, where the others are as they were"""
    wrong = unmet(demands, demanded, user=user)
    unseen = {field.name for field in User._meta.fields} - set(only) if only else {"password"}
    try:
        user.clean_fields(exclude=unseen)
    except ValidationError as error:
        # What the record itself needs comes first.
        wrong = {**wrong, **error.message_dict}
    if wrong:
        raise Invalid(fields=wrong)
