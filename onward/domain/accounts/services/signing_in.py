"""How somebody proves who they are, and how they leave."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from onward.domain.accounts import guards
from onward.domain.accounts.models import SecondFactor, User
from onward.domain.accounts.visits import Visit
from onward.platform import tokens
from onward.platform.record import locked
from onward.platform.refusals import Invalid, Missing, Unauthenticated
from onward.platform.tokens.signing import read_refresh


class SignIn(NamedTuple):
    """An open session. :ivar awaits_second_factor: it opens nothing yet but the question for the second factor"""

    tokens: tokens.Tokens
    awaits_second_factor: bool


def log_in(*, email: str, password: str, visit: Visit, at: datetime) -> SignIn:
    """Open a session for whoever knows the password.

    An unknown address, a wrong password and a disabled account are refused alike, after the same work.

    :raises Unauthenticated: when they do not fit
    :raises Throttled: after too many wrong passwords; sessions that are open stay open
    """
    email = email.strip().lower()
    here = (email, visit.address or "")
    guards.LOGIN_FROM_ADDRESS.check(*here)
    guards.LOGIN_BY_ADDRESS.check(here[1])
    guards.LOGIN_TO_ACCOUNT.check(email)
    user = User.objects.filter(email=email).first()
    if user is None:
        # The same work as comparing: nobody learns by the time it takes who has an account.
        make_password(password)
    outdated: list[str] = []
    if user is None or not check_password(password, user.password, setter=outdated.append) or not user.is_active:
        guards.LOGIN_FROM_ADDRESS.count(*here)
        guards.LOGIN_BY_ADDRESS.count(here[1])
        guards.LOGIN_TO_ACCOUNT.count(email)
        raise _refused()
    with transaction.atomic():
        known, user = user.password, locked(user)
        if user.password != known or not user.is_active:
            # Comparing takes long enough for a change of the password to end all sessions before this one begins.
            raise _refused()
        if outdated:
            # Hashed by weaker figures than today's; kept here, where nobody's new password can be overwritten.
            user.password = make_password(password)
            user.save(update_fields=["password"])
        awaits = SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()
        opened = tokens.open_session(
            user=user,
            api=visit.api,
            address=visit.address,
            user_agent=visit.user_agent,
            awaits_second_factor=awaits,
            at=at,
        )
        User.objects.filter(pk=user.pk).update(last_login=at)
    guards.LOGIN_FROM_ADDRESS.forget(*here)
    return SignIn(opened, awaits)


def _refused() -> Unauthenticated:
    return Unauthenticated("No active account found with the given credentials")


def log_out(*, user_id: int, session_id: UUID, refresh: str | None, at: datetime) -> None:
    """End the session at hand, and the one that a refresh token belongs to, should that be another one.

    :param refresh: a refresh token of the same person; none to end the session at hand only
    :raises Invalid: when the refresh token is not theirs, or none at all; nothing ends then
    """
    ending = {session_id}
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


def end_other_sessions(*, user_id: int, session_id: UUID, at: datetime) -> int:
    """End every session of somebody's but the one at hand.

    :returns: how many were ended
    """
    return tokens.end_sessions(user_id=user_id, except_id=session_id, reason="ended by its owner", at=at)
