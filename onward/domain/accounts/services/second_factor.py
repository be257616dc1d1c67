"""The second factor: something that somebody has, besides the password that they know."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from onward.domain.accounts import codes, guards
from onward.domain.accounts.choices import Method
from onward.domain.accounts.events import (
    BackupCodesRegenerated,
    BackupCodeUsed,
    SecondFactorDisabled,
    SecondFactorEnabled,
    SignedIn,
)
from onward.domain.accounts.models import BackupCode, SecondFactor, User
from onward.domain.accounts.services import passwords
from onward.platform import tokens
from onward.platform.events import publish
from onward.platform.record import locked
from onward.platform.refusals import Conflict, Invalid


class Setup(NamedTuple):
    """What is shown once, and never again."""

    secret: str
    otpauth_url: str
    backup_codes: list[str]


class WrongCode(Invalid):
    """A code that opens nothing: wrong, late, or used before."""

    code = "wrong_code"
    message = "Invalid verification code."


@transaction.atomic
def set_up(*, user_id: int, at: datetime) -> Setup:
    """Begin to set a second factor up; it guards nothing until it is confirmed. Beginning again replaces the secret.

    :raises Conflict: when there is a confirmed one
    """
    user = locked(User(pk=user_id))
    if SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists():
        raise Conflict("2FA is already enabled for your account.")
    SecondFactor.objects.filter(user=user).delete()
    factor = SecondFactor.objects.create(user=user, secret=codes.new_secret(), created_at=at)
    url = codes.otpauth_url(secret=factor.secret, email=user.email)
    return Setup(factor.secret, url, _new_backup_codes(factor))


def confirm(*, user_id: int, code: str, at: datetime) -> None:
    """Switch the second factor on, by a first code from the app. The sessions that are open stay open.

    :raises Conflict: when there is nothing to confirm
    :raises WrongCode: when the code does not fit
    :raises Throttled: after too many wrong codes
    """
    factor = SecondFactor.objects.filter(user_id=user_id).first()
    if factor is None:
        raise Conflict("2FA has not been set up. Set it up first.")
    if factor.confirmed_at:
        raise Conflict("2FA is already enabled for your account.")
    with guards.SECOND_FACTOR.guess(str(user_id)) as guess:
        steps = codes.matching_steps(secret=factor.secret, code=code, at=at)
        if not steps:
            guess.wrong()
            raise WrongCode()
    with transaction.atomic():
        # The secret stands in the condition: setting up again in the meantime voids this code.
        waiting = SecondFactor.objects.filter(pk=factor.pk, secret=factor.secret, confirmed_at=None)
        if not waiting.update(confirmed_at=at, last_step=steps[-1]):
            raise WrongCode()
        publish(SecondFactorEnabled(owner_id=user_id, at=at))


def verify(*, user_id: int, session_id: UUID | None, code: str, at: datetime) -> Method:
    """Take a code for the second factor; a session that waited for it is open from now on.

    :param session_id: the session that asks; none where no token is meant, as when staff sign in to the admin
    :raises Conflict: when no second factor is on
    :raises WrongCode: when the code does not fit, or was used before
    :raises Throttled: after too many wrong codes; sessions that are open stay open
    """
    known = recognise(user_id=user_id, code=code, at=at)
    with transaction.atomic():
        method = spend(known, at=at)
        if session_id is not None and tokens.complete_second_factor(session_id=session_id, at=at):
            there = at.astimezone(ZoneInfo(known.factor.user.timezone))
            publish(SignedIn(owner_id=user_id, at=there, session_id=session_id))
    return method


def disable(*, user_id: int, password: str, code: str, at: datetime) -> None:
    """Switch the second factor off; the password and a code of either kind are needed.

    :raises Conflict: when no second factor is on
    :raises Invalid: when the password is wrong
    :raises WrongCode: when the code does not fit, or was used before
    :raises Throttled: after too many wrong ones
    """
    factor = _enabled(user_id)
    if not passwords.is_right(password, user=factor.user):
        raise Invalid("Invalid password.", code="wrong_password")
    known = recognise(user_id=user_id, code=code, at=at)
    with transaction.atomic():
        spend(known, at=at)
        SecondFactor.objects.filter(pk=factor.pk).delete()
        publish(SecondFactorDisabled(owner_id=user_id, at=at))


def regenerate_backup_codes(*, user_id: int, code: str, at: datetime) -> list[str]:
    """Replace all backup codes, used or not, by ten new ones.

    :raises Conflict: when no second factor is on
    :raises WrongCode: when the code does not fit, or was used before
    :raises Throttled: after too many wrong codes
    """
    known = recognise(user_id=user_id, code=code, at=at)
    with transaction.atomic():
        spend(known, at=at)
        known.factor.backup_codes.all().delete()
        made = _new_backup_codes(known.factor)
        publish(BackupCodesRegenerated(owner_id=user_id, at=at))
    return made


def _enabled(user_id: int) -> SecondFactor:
    factor = SecondFactor.objects.select_related("user").filter(user_id=user_id, confirmed_at__isnull=False).first()
    if factor is None:
        raise Conflict("2FA is not enabled for your account.")
    return factor


class Code(NamedTuple):
    """A code that is good, or was good once: the time steps that it belongs to, or the digest of a backup code."""

    factor: SecondFactor
    steps: list[int]
    digest: str


def recognise(*, user_id: int, code: str, at: datetime) -> Code:
    """Distinguish a code from a guess. Only a guess counts as one: whoever brings a used code had it from somewhere.

    It may have to wait for others that are being compared: not inside a transaction.

    :raises Conflict: when no second factor is on
    :raises WrongCode: when the code does not fit
    :raises Throttled: after too many wrong codes
    """
    factor = _enabled(user_id)
    with guards.SECOND_FACTOR.guess(str(factor.user_id)) as guess:
        steps = codes.matching_steps(secret=factor.secret, code=code, at=at)
        digest = "" if steps else codes.digest(user_id=factor.user_id, code=code)
        if not steps and not BackupCode.objects.filter(second_factor=factor, digest=digest).exists():
            guess.wrong()
            raise WrongCode()
        return Code(factor, steps, digest)


def spend(code: Code, *, at: datetime) -> Method:
    """Use a code up. Of many who bring the same one at once exactly one succeeds; the database counts.

    :raises WrongCode: when it is used up already
    """
    factor = code.factor
    this = SecondFactor.objects.filter(pk=factor.pk, secret=factor.secret)
    if code.steps:
        # Two steps may have the same code by chance: it is good once all the same.
        if this.filter(last_step__lt=code.steps[0]).update(last_step=code.steps[-1], last_used_at=at):
            return Method.TOTP
        raise WrongCode()
    mine = BackupCode.objects.filter(second_factor=factor)
    if not mine.filter(digest=code.digest, used_at=None).update(used_at=at):
        raise WrongCode()
    this.update(last_used_at=at)
    publish(BackupCodeUsed(owner_id=factor.user_id, at=at, remaining=mine.filter(used_at=None).count()))
    return Method.BACKUP_CODE


def _new_backup_codes(factor: SecondFactor) -> list[str]:
    made = codes.new_backup_codes()
    BackupCode.objects.bulk_create(
        BackupCode(second_factor=factor, digest=codes.digest(user_id=factor.user_id, code=code)) for code in made
    )
    return made
