"""What somebody changes about their own account, where all of it comes at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onward.domain.accounts import queries
from onward.domain.accounts.demands import Demands
from onward.domain.accounts.services import emails, leaving, passwords, profiles, second_factor


def change(
    *,
    user_id: int,
    session_id: UUID | None,
    changes: Mapping[str, Any],
    password: str | None,
    current_password: str | None,
    demands: Demands,
    at: datetime,
) -> None:
    """Change an account: all that is given, or nothing.

    :param session_id: the session that stays open where the password is another one
    :param changes: ``email``, and what `profiles.change` takes
    :param password: the one to have from now on; none, to leave it
    :param current_password: the one until now, without which there is no other
    :raises Invalid: naming what cannot be accepted: ``old_password`` and ``new_password`` among them
    :raises Taken: naming the address or the username, where somebody has it already
    :raises Throttled: after too many wrong passwords
    """
    prepared = None
    if password is not None:
        # Compared and hashed before the transaction: both take long.
        prepared = passwords.prepare(user_id=user_id, old=current_password or "", new=password)
    with transaction.atomic():
        profiles.change(user_id=user_id, changes=changes, demands=demands, at=at)
        if "email" in changes:
            emails.change(user_id=user_id, email=changes["email"], at=at)
        if prepared is not None:
            passwords.settle(prepared, session_id=session_id, at=at)


def close(*, user_id: int, password: str, code: str, at: datetime) -> None:
    """Close one's own account, with the password, and a code where a second factor is on.

    :raises Invalid: naming ``password``, when it is wrong
    :raises WrongCode: when the code does not fit, or was used before
    :raises Throttled: after too many wrong ones
    :raises Conflict: when they are the server's last admin, or an area's
    """
    passwords.require(user_id=user_id, password=password)
    known = None
    if queries.has_second_factor(pk=user_id):
        known = second_factor.recognise(user_id=user_id, code=code, at=at)
    with transaction.atomic():
        if known is not None:
            second_factor.spend(known, at=at)
        leaving.close(user_id=user_id, at=at)
