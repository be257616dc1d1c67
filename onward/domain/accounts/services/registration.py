"""How somebody comes by an account."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from onward.domain.accounts import usernames
from onward.domain.accounts.demands import Demands, unmet
from onward.domain.accounts.events import Registered, SignedIn
from onward.domain.accounts.models import User
from onward.domain.accounts.visits import Visit
from onward.platform import tokens
from onward.platform.events import publish
from onward.platform.refusals import Invalid

LONGEST_DISPLAY_NAME = 100


class Registration(NamedTuple):
    """A new account and its first session."""

    user_id: int
    tokens: tokens.Tokens


class Taken(Invalid):
    """Somebody has the address or the username already; ``fields`` says which."""

    code = "taken"


def register(
    *,
    email: str,
    password: str,
    username: str = "",
    display_name: str = "",
    first_name: str = "",
    last_name: str = "",
    demands: Demands,
    visit: Visit,
    at: datetime,
) -> Registration:
    """Make an account and sign its owner in; the verification mail is on its way.

    :param username: made of the address where none is given
    :param display_name: what others are to see; without it the person's name, or else the username
    :param demands: what the API asks of ``username`` and ``password``
    :raises Invalid: naming what cannot be accepted
    :raises Taken: naming ``email`` and ``username`` where somebody has them already
    """
    names = [User.normalize_username(username)] if username else usernames.of_address(email.strip().lower())
    user = User(
        email=email.strip().lower(),
        username=names[0],
        display_name=(display_name or f"{first_name} {last_name}".strip() or names[0])[:LONGEST_DISPLAY_NAME],
        first_name=first_name,
        last_name=last_name,
        created_at=at,
        updated_at=at,
    )
    _check(user, password, demands if username else {name: of for name, of in demands.items() if name != "username"})
    # Hashed before anybody looks whether the address is known, and before the transaction: it takes long.
    user.password = make_password(password)
    with transaction.atomic():
        insert(user, names=names)
        opened = tokens.open_session(
            user=user,
            api=visit.api,
            address=visit.address,
            user_agent=visit.user_agent,
            awaits_second_factor=False,
            at=at,
        )
        publish(Registered(owner_id=user.pk, at=at))
        publish(SignedIn(owner_id=user.pk, at=at, session_id=opened.session_id))
    return Registration(user.pk, opened)


def insert(user: User, *, names: Sequence[str]) -> None:
    """Save a new account under the first of these usernames that is free, in the caller's transaction.

    :param names: one that somebody has asked for, or several that nobody has
    :raises Taken: when none is free, or the address is taken
    """
    taken: dict[str, list[str]] = {}
    for user.username in names:
        try:
            with transaction.atomic():
                user.save(force_insert=True)
                return
        except IntegrityError:
            taken = taken_names(user)
            if not taken:
                raise
            if "email" in taken:
                break
    if len(names) > 1 and "email" in taken:
        # Nobody has asked for that name.
        taken.pop("username", None)
    raise Taken(fields=taken)


def taken_names(user: User) -> dict[str, list[str]]:
    """Return which of an account's names somebody else has, after the database has refused it."""
    others = User.objects.exclude(pk=user.pk)
    taken = {}
    if others.filter(email=user.email).exists():
        taken["email"] = ["An account with this email already exists."]
    if others.filter(username_key=user.username_key).exists():
        taken["username"] = ["A user with that username already exists."]
    return taken


def _check(user: User, password: str, demands: Demands) -> None:
    wrong = unmet(demands, {"username": user.username, "password": password}, user=user)
    try:
        user.clean_fields(exclude={"password"})
    except ValidationError as error:
        # What the record itself needs comes first.
        wrong = {**wrong, **error.message_dict}
    if wrong:
        raise Invalid(fields=wrong)
