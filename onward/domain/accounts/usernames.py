"""What may be a username: to the record whatever can be printed. An API may demand more."""

import secrets

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

from onward.domain.accounts.models import User

_plain = UnicodeUsernameValidator()


def problems(username: str, *, user: User) -> list[str]:
    """Return what keeps a username from being one that goes into addresses and commands; nothing when it is fine."""
    try:
        _plain(username)
    except ValidationError as error:
        return error.messages
    return []


def of_address(email: str) -> list[str]:
    """Return names for somebody who gives none, the best first: made of the address, so that one of them is free."""
    name = User.normalize_username(email.partition("@")[0])[:140]
    return [name, *(f"{name}{secrets.randbelow(10**6)}" for _ in range(19))]
