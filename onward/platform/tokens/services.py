"""Opening, renewing and ending sessions."""

import ipaddress
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import DatabaseError, transaction
from django.db.models import Q

from onward.platform.events import publish
from onward.platform.refusals import Forbidden
from onward.platform.tokens import queries, signing
from onward.platform.tokens.actor import Actor
from onward.platform.tokens.events import RefreshReused
from onward.platform.tokens.models import Session
from onward.platform.tokens.signing import REFRESH_LIFETIME, BadToken, Claims, access_lifetime

# A client whose answer got lost, or that renews in two tabs at once, may show the previous refresh token this long.
GRACE = timedelta(seconds=10)
# How long somebody has to give the second factor.
SECOND_FACTOR_LIFETIME = timedelta(minutes=60)
# A session is noted as used at most this often, so that a read normally writes nothing.
NOTED_EVERY = timedelta(minutes=5)

# People see where they were signed in for so long after a session is over.
KEPT = timedelta(days=30)

# Why a session ended, as its row says.
REFRESH_REUSED = "refresh token reused"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a client holds of a session."""

    access: str
    refresh: str
    session_id: UUID


def open_session(
    *, user: AbstractBaseUser, api: str, address: str | None, user_agent: str, awaits_second_factor: bool, at: datetime
) -> Tokens:
    """Open a session for somebody who has proved who they are.

    :param api: the API that is signed in through; it decides how long access tokens live
    :param awaits_second_factor: its tokens open nothing else until :func:`complete_second_factor`, and then everything
    """
    session = Session.objects.create(
        user_id=user.pk,
        api=api,
        address=_plain_address(address),
        user_agent=user_agent.replace("\0", "")[:255],
        awaits_second_factor=awaits_second_factor,
        refresh_issued_at=at,
        created_at=at,
        last_used_at=at,
        expires_at=at + (SECOND_FACTOR_LIFETIME if awaits_second_factor else session_lifetime(api)),
    )
    return _tokens(
        user_id=session.user_id,
        session_id=session.pk,
        api=api,
        refresh_id=session.refresh_id,
        refresh_issued_at=at,
        at=at,
    )


def session_lifetime(api: str) -> timedelta:
    """Return how long a session lives that was opened through this API or page, unless it is renewed before."""
    found: timedelta = settings.SESSION_LIFETIMES.get(api, REFRESH_LIFETIME)
    return found


def _plain_address(address: str | None) -> str | None:
    # A zone ("fe80::1%eth0") or a socket's name is no address to the database.
    try:
        return str(ipaddress.ip_address((address or "").partition("%")[0]))
    except ValueError:
        return None


def _tokens(
    *, user_id: int, session_id: UUID, api: str, refresh_id: UUID, refresh_issued_at: datetime, at: datetime
) -> Tokens:
    return Tokens(
        access=signing.sign(
            "access",
            user_id=user_id,
            session_id=session_id,
            token_id=uuid4(),
            at=at,
            lifetime=access_lifetime(api),
        ),
        refresh=signing.sign(
            "refresh",
            user_id=user_id,
            session_id=session_id,
            token_id=refresh_id,
            at=refresh_issued_at,
            lifetime=REFRESH_LIFETIME,
        ),
        session_id=session_id,
    )


def complete_second_factor(*, session_id: UUID, at: datetime) -> bool:
    """Make a session whole whose second factor has just been given. Repeating it changes nothing.

    :returns: whether it was waiting for that
    """
    waiting = Session.objects.filter(pk=session_id, awaits_second_factor=True, ended_at=None)
    api = waiting.values_list("api", flat=True).first()
    if api is None:
        return False
    completed = waiting.update(awaits_second_factor=False, expires_at=at + session_lifetime(api), last_used_at=at)
    return bool(completed)


def authenticate(*, claims: Claims, at: datetime) -> Actor:
    """Return the person whom an access token speaks for.

    :raises BadToken: when its session is over or the account is disabled
    """
    return _actor(user_id=claims.user_id, session_id=claims.session_id, at=at, renewed={})


def authenticate_page(*, user_id: int, session_id: UUID, api: str, at: datetime) -> Actor:
    """Return the person whom the session of a browser speaks for. Being used renews it.

    :param api: what the session was opened through
    :raises BadToken: when it is over or the account is disabled
    """
    return _actor(user_id=user_id, session_id=session_id, at=at, renewed={"expires_at": at + session_lifetime(api)})


def _actor(*, user_id: int, session_id: UUID, at: datetime, renewed: dict[str, datetime]) -> Actor:
    found = queries.open_session(session_id=session_id, user_id=user_id, at=at, fresh_since=at - NOTED_EVERY)
    if found is None:
        raise BadToken()
    if found.is_stale:
        _note_use(session_id, at, {} if found.awaits_second_factor else renewed)
    return Actor(
        user_id=user_id,
        session_id=session_id,
        zone=found.zone,
        awaits_second_factor=found.awaits_second_factor,
        is_staff=found.is_staff,
        email=found.email,
        is_superuser=found.is_superuser,
        views=found.views,
        columns=found.columns,
        roles=found.roles,
    )


def _note_use(session_id: UUID, at: datetime, renewed: dict[str, datetime]) -> None:
    try:
        with transaction.atomic():
            Session.objects.filter(pk=session_id, last_used_at__lt=at - NOTED_EVERY).update(last_used_at=at, **renewed)
    except DatabaseError:
        # The note is for a list that people look at; a read does not fail for its sake.
        log.warning("The use of a session could not be noted.", exc_info=True)


def refresh_session(*, token: str, at: datetime) -> Tokens:
    """Exchange a refresh token for a new pair; the session lives on for another seven days.

    The token that has just been replaced is forgiven for ten seconds and returns the very successor that replaced it.
    After that its return means that somebody holds a copy: the whole session ends, and that is announced.

    :raises BadToken: when the token is forged, expired or replaced, or its session is over
    :raises Forbidden: while the session still owes its second factor
    """
    claims = signing.read_refresh(token, at=at)
    # Durable: the end of a copied session must outlive the refusal that tells of it.
    with transaction.atomic(durable=True):
        given = _rotated(claims, at) or _forgiven(claims, at)
    if given is None:
        raise BadToken()
    return given


def _rotated(claims: Claims, at: datetime) -> Tokens | None:
    successor = uuid4()
    # One statement decides: of many who show the same token at once, one finds it still there. It asks of this
    # table only, for a joined row would be judged as it was before a rival's change.
    moved = Session.objects.filter(
        pk=claims.session_id,
        user_id=claims.user_id,
        refresh_id=claims.token_id,
        awaits_second_factor=False,
        ended_at=None,
        expires_at__gt=at,
    ).update(
        refresh_id=successor,
        refresh_issued_at=at,
        previous_refresh_id=claims.token_id,
        expires_at=at + REFRESH_LIFETIME,
        last_used_at=at,
    )
    if not moved:
        return None
    session = queries.rotation(claims.session_id)
    if session is None or not session.is_active:
        # Raised inside the transaction, which takes the rotation back.
        raise BadToken()
    return _pair(claims, session, at)


def _forgiven(claims: Claims, at: datetime) -> Tokens | None:
    session = queries.rotation(claims.session_id)
    if session is None or session.user_id != claims.user_id or not session.is_active:
        return None
    if session.ended_at is not None or session.expires_at <= at:
        return None
    if session.awaits_second_factor:
        raise Forbidden("Two-factor verification required.", code="second_factor_required")
    if session.previous_refresh_id == claims.token_id and at - session.refresh_issued_at <= GRACE:
        return _pair(claims, session, at)
    if _end(claims.session_id, reason=REFRESH_REUSED, at=at):
        publish(RefreshReused(owner_id=claims.user_id, at=at, session_id=claims.session_id, api=session.api))
    return None


def _pair(claims: Claims, session: queries.Rotation, at: datetime) -> Tokens:
    return _tokens(
        user_id=claims.user_id,
        session_id=claims.session_id,
        api=session.api,
        refresh_id=session.refresh_id,
        refresh_issued_at=session.refresh_issued_at,
        at=at,
    )


def end_session(*, session_id: UUID, reason: str, at: datetime) -> None:
    """End a session: all its tokens are void at once. A session that is over already stays as it ended."""
    _end(session_id, reason=reason, at=at)


def end_sessions(*, user_id: int, except_id: UUID | None, reason: str, at: datetime) -> int:
    """End somebody's sessions, all but one when its id is given.

    :returns: how many were ended
    """
    theirs = Session.objects.filter(user_id=user_id, ended_at=None)
    if except_id is not None:
        theirs = theirs.exclude(pk=except_id)
    return theirs.update(ended_at=at, end_reason=reason)


def _end(session_id: UUID, *, reason: str, at: datetime) -> bool:
    return bool(Session.objects.filter(pk=session_id, ended_at=None).update(ended_at=at, end_reason=reason))


def forget_old(*, at: datetime) -> int:
    """Remove sessions that ended or expired more than thirty days ago; returns how many."""
    over = Q(ended_at__lt=at - KEPT) | Q(expires_at__lt=at - KEPT)
    return Session.objects.filter(over).delete()[0]
