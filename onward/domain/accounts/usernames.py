"""What may be a username: to the record whatever can be printed. An API may demand more."""

import secrets

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

from onward.domain.accounts.models import User
from onward.platform.record import name_key

_plain = UnicodeUsernameValidator()


def problems(username: str, *, user: User) -> list[str]:
    """Return what keeps a username from being one that goes into addresses and commands; nothing when it is fine."""
    try:
        _plain(username)
    except ValidationError as error:
        return error.messages
    return []


def problems_where_an_at_means_an_address(username: str, *, user: User) -> list[str]:
    """Return what keeps a username from being one where people sign in by username or address in one field.

    What holds an @ is an address there, so that a username with one would open nothing, and might look like another's
    address. One's own address is fine.
    """
    if "@" in username and name_key(username) != name_key(user.email):
        return ["A username with an @ must be your own address."]
    return problems(username, user=user)


def of_address(email: str) -> list[str]:
    """Return names for somebody who gives none, the best first: made of the address, so that one of them is free."""
    name = User.normalize_username(email.partition("@")[0])[:140]
    return [name, *(f"{name}{secrets.randbelow(10**6)}" for _ in range(19))]
