"""What staff change about somebody's account."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from onward.domain.accounts.events import AccountDisabled, ProfileChanged
from onward.domain.accounts.models import User
from onward.domain.accounts.services import profiles
from onward.platform import tokens
from onward.platform.events import publish


@transaction.atomic
def change_account(*, user: User, changed: Collection[str], at: datetime) -> None:
    """Save an account that staff have changed. Another address is not verified; who is switched off is signed out.

    :param changed: the names of the fields that were changed
    """
    if "email" in changed and "is_email_verified" not in changed:
        user.is_email_verified = False
    user.updated_at = at
    user.save()
    if not user.is_active:
        tokens.end_sessions(user_id=user.pk, except_id=None, reason="account disabled", at=at)
        if "is_active" in changed:
            publish(AccountDisabled(owner_id=user.pk, at=at))
    if about_them := profiles.EDITABLE & set(changed):
        publish(ProfileChanged(owner_id=user.pk, at=at, fields=tuple(sorted(about_them))))
