"""Passwords: rules, changes and resets."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from onward.domain.accounts import guards, links
from onward.domain.accounts.choices import LinkPurpose
from onward.domain.accounts.events import PasswordChanged, PasswordReset
from onward.domain.accounts.models import User
from onward.domain.accounts.services import emails
from onward.domain.accounts.services import links as link_services
from onward.platform import tokens
from onward.platform.events import publish
from onward.platform.jobs import enqueue
from onward.platform.record import locked
from onward.platform.refusals import Invalid


def problems(password: str, *, user: User) -> list[str]:
    """Return what is wrong with a password for this person; nothing when it is fine."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return error.messages
    return []


def is_right(password: str, *, user: User) -> bool:
    """Compare a password with an account's, and count wrong ones: guessing it through an open session is guessing.

    :raises Throttled: after too many wrong ones
    """
    with guards.PASSWORD.guess(str(user.pk)) as guess:
        if check_password(password, user.password):
            return True
        guess.wrong()
        return False


def require(*, user_id: int, password: str) -> None:
    """Let somebody who is signed in go on only with their password: an open session is not always its owner's.

    :raises Invalid: naming ``password``
    :raises Throttled: after too many wrong ones
    """
    if not is_right(password, user=User.objects.get(pk=user_id)):
        raise Invalid(fields={"password": ["Wrong password."]})


def change(*, user_id: int, session_id: UUID | None, old: str, new: str, at: datetime) -> None:
    """Change a password; every other session ends, and so does every reset link.

    :param session_id: the session that stays open
    :raises Invalid: naming ``old_password`` or ``new_password``
    :raises Throttled: after too many wrong old passwords
    """
    settle(prepare(user_id=user_id, old=old, new=new), session_id=session_id, at=at)


class Prepared(NamedTuple):
    """A change of a password that may be made. :ivar known: the hash that the old one was compared with"""

    user: User
    known: str
    encoded: str


def prepare(*, user_id: int, old: str, new: str) -> Prepared:
    """Compare the old password and hash the new one, which takes as long as a dozen requests: before a transaction.

    :raises Invalid: naming ``old_password`` or ``new_password``
    :raises Throttled: after too many wrong old passwords
    """
    user = User.objects.get(pk=user_id)
    if not is_right(old, user=user):
        raise Invalid(fields={"old_password": ["Wrong password."]})
    if wrong := problems(new, user=user):
        raise Invalid(fields={"new_password": wrong})
    return Prepared(user, user.password, make_password(new))


@transaction.atomic
def settle(prepared: Prepared, *, session_id: UUID | None, at: datetime) -> None:
    """Change a password as it was prepared; every other session ends, and so does every reset link.

    :param session_id: the session that stays open
    :raises Invalid: when somebody else has changed it since the old one was compared
    """
    user = locked(prepared.user)
    if user.password != prepared.known:
        raise Invalid(fields={"old_password": ["Wrong password."]})
    _set(user, encoded=prepared.encoded, at=at)
    tokens.end_sessions(user_id=user.pk, except_id=session_id, reason="password changed", at=at)
    publish(PasswordChanged(owner_id=user.pk, at=at))


@transaction.atomic
def request_reset(*, email: str, at: datetime) -> None:
    """Send a link to choose another password with, if there is anybody to send it to.

    Whether there is, only the job finds out: what happens here is the same for every address.
    """
    enqueue("accounts.send_password_reset", run_at=at, email=email.strip().lower(), request=str(uuid4()))


def reset(*, token: str, new: str, at: datetime) -> None:
    """Choose another password by a link from a mail; every session ends, and so does every other link.

    :raises Invalid: when the link is invalid or has expired; or naming ``new_password``, and the link stays good
    """
    link = links.find_valid(token=token, purpose=LinkPurpose.RESET_PASSWORD, at=at)
    if wrong := problems(new, user=link.user):
        raise Invalid(fields={"new_password": wrong})
    encoded = make_password(new)
    with transaction.atomic():
        user = link_services.claim(link=link, at=at)
        was_invited = not user.has_usable_password()
        _set(user, encoded=encoded, at=at)
        if was_invited:
            # It was others who gave the address; now somebody has read a mail to it.
            emails.mark_verified(user=user, at=at)
        else:
            tokens.end_sessions(user_id=user.pk, except_id=None, reason="password reset", at=at)
            publish(PasswordReset(owner_id=user.pk, at=at))
    guards.LOGIN_TO_ACCOUNT.forget(user.email)


def _set(user: User, *, encoded: str, at: datetime) -> None:
    user.password = encoded
    user.updated_at = at
    user.save(update_fields=["password", "updated_at"])
    link_services.void(user_id=user.pk, purpose=LinkPurpose.RESET_PASSWORD, at=at)
