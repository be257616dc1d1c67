"""What somebody changes about their own account, where all of it comes at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onward.domain.accounts.demands import Demands
from onward.domain.accounts.services import emails, passwords, profiles


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
