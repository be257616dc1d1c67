"""How somebody proves who they are, and how they leave."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from onward.domain.accounts import guards
from onward.domain.accounts.events import SignedIn
from onward.domain.accounts.models import SecondFactor, User
from onward.domain.accounts.services import second_factor
from onward.domain.accounts.visits import Visit
from onward.platform import tokens
from onward.platform.events import publish
from onward.platform.record import locked
from onward.platform.refusals import Invalid, Missing, Unauthenticated
from onward.platform.tokens.signing import read_refresh


class SignIn(NamedTuple):
    """An open session. :ivar awaits_second_factor: it opens nothing yet but the question for the second factor"""

    user_id: int
    tokens: tokens.Tokens
    awaits_second_factor: bool


class WrongCredentials(Unauthenticated):
    """No active account has this address and this password; it is not said which of it is wrong."""

    message = "No active account found with the given credentials"


class CodeNeeded(Unauthenticated):
    """The password is right, and the code of the second factor did not come with it."""

    code = "second_factor_required"
    message = "A code of the second factor is needed."


def log_in(*, email: str, password: str, visit: Visit, at: datetime) -> SignIn:
    """Open a session for whoever knows the password; where there is a second factor, the session waits for it.

    An unknown address, a wrong password and a disabled account are refused alike, after the same work.

    :raises WrongCredentials: when they do not fit
    :raises Throttled: after too many wrong passwords; sessions that are open stay open
    """
    verified = _check_credentials(email=email, password=password, visit=visit)
    with transaction.atomic():
        user = _lock(verified, password=password)
        awaits = has_second_factor(user)
        opened = open_session(user, visit=visit, awaits_second_factor=awaits, at=at)
    _forget_wrong_ones(user, visit=visit)
    return SignIn(user.pk, opened, awaits)


def log_in_with_code(*, email: str, password: str, code: str, visit: Visit, at: datetime) -> SignIn:
    """Open a session for whoever knows the password and, where there is a second factor, brings its code along.

    For clients that know no second step: no session begins before the code was right.

    :param code: of the authenticator app, or a backup code; empty where none was given
    :raises WrongCredentials: when address and password do not fit, as in `log_in`
    :raises CodeNeeded: when they do, and no code was given
    :raises WrongCode: when the code does not fit, or was used before
    :raises Throttled: after too many wrong passwords or codes; sessions that are open stay open
    """
    verified = _check_credentials(email=email, password=password, visit=visit)
    known = None
    if has_second_factor(verified.user):
        if not code:
            raise CodeNeeded()
        # Before the account is locked: an answer may have to wait for others that are being compared.
        known = second_factor.recognise(user_id=verified.user.pk, code=code, at=at)
    with transaction.atomic():
        user = _lock(verified, password=password)
        if known is not None:
            second_factor.spend(known, at=at)
        elif has_second_factor(user):
            raise CodeNeeded()
        opened = open_session(user, visit=visit, awaits_second_factor=False, at=at)
    _forget_wrong_ones(user, visit=visit)
    return SignIn(user.pk, opened, awaits_second_factor=False)


class _Verified(NamedTuple):
    """Somebody whose password was right a moment ago. :ivar outdated: its hash is weaker than today's"""

    user: User
    outdated: bool


def _check_credentials(*, email: str, password: str, visit: Visit) -> _Verified:
    email = email.strip().lower()
    with guards.sign_in(email, visit.address or "") as guess:
        user = User.objects.filter(email=email).first()
        if user is None:
            # The same work as comparing: nobody learns by the time it takes who has an account.
            make_password(password)
        outdated: list[str] = []
        if user is None or not check_password(password, user.password, setter=outdated.append) or not user.is_active:
            guess.wrong()
            raise WrongCredentials()
        return _Verified(user, bool(outdated))


def _lock(verified: _Verified, *, password: str) -> User:
    """Lock the account until the transaction ends, and check that what was compared still stands."""
    user = locked(verified.user)
    if user.password != verified.user.password or not user.is_active:
        # Comparing takes long enough for a change of the password to end all sessions before this one begins.
        raise WrongCredentials()
    if verified.outdated:
        # Hashed by weaker figures than today's; kept here, where nobody's new password can be overwritten.
        user.password = make_password(password)
        user.save(update_fields=["password"])
    return user


def has_second_factor(user: User) -> bool:
    """Return whether a code is asked for besides what else proves who somebody is."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def open_session(user: User, *, visit: Visit, awaits_second_factor: bool, at: datetime) -> tokens.Tokens:
    """Open a session for somebody who has proved who they are; inside of the caller's transaction."""
    opened = tokens.open_session(
        user=user,
        api=visit.api,
        address=visit.address,
        user_agent=visit.user_agent,
        awaits_second_factor=awaits_second_factor,
        at=at,
    )
    User.objects.filter(pk=user.pk).update(last_login=at)
    if not awaits_second_factor:
        there = at.astimezone(ZoneInfo(user.timezone))
        publish(SignedIn(owner_id=user.pk, at=there, session_id=opened.session_id))
    return opened


def _forget_wrong_ones(user: User, *, visit: Visit) -> None:
    guards.LOGIN_FROM_ADDRESS.forget(user.email, visit.address or "")


def log_out(*, user_id: int, session_id: UUID | None, refresh: str | None, at: datetime) -> None:
    """End the session at hand, and the one that a refresh token belongs to, should that be another one.

    :param session_id: the session at hand; none, to leave it open
    :param refresh: a refresh token of the same person; none to end the session at hand only
    :raises Invalid: when the refresh token is not theirs, or none at all; nothing ends then
    """
    ending = set() if session_id is None else {session_id}
    if refresh is not None:
        try:
            claims = read_refresh(refresh, at=at)
        except tokens.BadToken:
            raise Invalid("Invalid refresh token.", code="invalid_token") from None
        if claims.user_id != user_id:
            raise Invalid("Invalid refresh token.", code="invalid_token")
        ending.add(claims.session_id)
    with transaction.atomic():
        for each in ending:
            tokens.end_session(session_id=each, reason="logged out", at=at)


def end_session(*, user_id: int, session_id: UUID, at: datetime) -> None:
    """End one of somebody's sessions, with every token that belongs to it.

    :raises Missing: when it is not theirs, or over already
    """
    if not tokens.sessions(user_id).filter(pk=session_id).exists():
        raise Missing()
    tokens.end_session(session_id=session_id, reason="ended by its owner", at=at)
