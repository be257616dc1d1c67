"""Tokens that open one line each: random, kept as hashes, good once and for a minute.

Eight of their bytes seal the others, so that one which was never made here is known without a look into the database.
"""

import base64
import hashlib
import re
import secrets
from binascii import Error
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from onward.platform.tokens import queries
from onward.platform.tokens.models import SocketToken

LIFETIME = timedelta(minutes=1)
_RANDOM, _SEAL = 24, 8
_SALT = "onward.platform.tokens.sockets"
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


class Opened(NamedTuple):
    """Whom a token stood for."""

    user_id: int
    session_id: UUID


@transaction.atomic
def issue(*, session_id: UUID, at: datetime) -> str:
    """Return a token for a session, and forget those of it that nobody has used in time."""
    SocketToken.objects.filter(session_id=session_id, expires_at__lte=at).delete()
    token = make()
    SocketToken.objects.create(digest=digest(token), session_id=session_id, expires_at=at + LIFETIME)
    return token


def redeem(*, token: str, at: datetime) -> Opened | None:
    """Use a token up and return whom it stands for; None when it is not good, or its session is not.

    Of many who show the same token at once, one is let in.
    """
    if not is_ours(token):
        return None
    rows = SocketToken.objects.filter(digest=digest(token), used_at=None, expires_at__gt=at)
    if not rows.update(used_at=at):
        return None
    found = SocketToken.objects.filter(digest=digest(token)).values_list("session__user_id", "session_id").first()
    if found is None:
        return None
    user_id, session_id = found
    session = queries.open_session(session_id=session_id, user_id=user_id, at=at, fresh_since=at)
    return None if session is None or session.awaits_second_factor else Opened(user_id, session_id)


def make() -> str:
    """Return a token that nobody has had."""
    random = secrets.token_bytes(_RANDOM)
    return base64.urlsafe_b64encode(random + _seal(random)).rstrip(b"=").decode()


def is_ours(token: str) -> bool:
    """Return whether a token was made here, whatever has become of it since."""
    if not _SHAPE.fullmatch(token):
        return False
    try:
        told = base64.urlsafe_b64decode(token + "=")
    except Error:
        return False
    return constant_time_compare(_seal(told[:_RANDOM]), told[_RANDOM:])


def _seal(random: bytes) -> bytes:
    return salted_hmac(_SALT, random, algorithm="sha256").digest()[:_SEAL]


def forget_old(*, at: datetime) -> int:
    """Remove tokens whose time is over; returns how many."""
    return SocketToken.objects.filter(expires_at__lte=at).delete()[0]


def digest(token: str) -> str:
    """Return what is kept of a token."""
    # 192 random bits need no slow hash.
    return hashlib.sha256(token.encode()).hexdigest()
