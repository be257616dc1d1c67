"""The tokens themselves: made and read with the server's key, and nothing else. No database here."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

import jwt
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

from onward.platform.refusals import Unauthenticated

ISSUER = "onward"
ALGORITHM = "HS256"
REFRESH_LIFETIME = timedelta(days=7)
# Ours are under 400 characters: whatever is far longer is refused before any work is done on it.
LONGEST = 1024

# What the database can look for, and the last moment that a clock can show.
MAX_ID = 2**63 - 1
LAST_MOMENT = 253_402_300_799

Kind = Literal["access", "refresh"]


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says, its signature found good.

    :param expires: when it stops being good, in seconds since 1970
    """

    user_id: int
    session_id: UUID
    token_id: UUID
    expires: int


class BadToken(Unauthenticated):
    """A token was shown, and it does not hold: forged, expired, of the wrong kind, or its session is over."""

    code = "token_not_valid"
    message = "Token is invalid or expired"


def access_lifetime(api: str) -> timedelta:
    """Return how long an access token is good that was signed in for through this API: each API says so.

    A browser's session has none: its token is over when it begins.
    """
    found: timedelta = import_string(settings.ACCESS_LIFETIMES).get(api, timedelta(0))
    return found


@lru_cache(maxsize=4)
def _key(secret: str) -> jwt.PyJWK:
    # A key of its own, bound to its one algorithm: nothing else that the server signs can pass for a token.
    key = salted_hmac("onward.platform.tokens", "key", secret=secret, algorithm="sha256").digest()
    text = base64.urlsafe_b64encode(key).rstrip(b"=").decode()
    return jwt.PyJWK.from_dict({"kty": "oct", "k": text, "alg": ALGORITHM})


def sign(kind: Kind, *, user_id: int, session_id: UUID, token_id: UUID, at: datetime, lifetime: timedelta) -> str:
    """Make a token. The same values always give the same token."""
    issued = int(at.timestamp())
    return jwt.encode(
        {
            "iss": ISSUER,
            "sub": str(user_id),
            "sid": session_id.hex,
            "typ": kind,
            "jti": token_id.hex,
            "iat": issued,
            "exp": issued + int(lifetime.total_seconds()),
        },
        _key(settings.SECRET_KEY),
        ALGORITHM,
    )


def _verify(token: str, kind: Kind, secret: str) -> Claims:
    # The library takes padding too, which no token has.
    if not token.isascii() or "=" in token:
        raise BadToken()
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(secret),
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            # The time is judged by the caller's clock, on every use.
            options={"verify_exp": False, "verify_iat": False, "require": ["iss", "sub", "sid", "typ", "jti", "exp"]},
        )
        user_id, expires = int(claims["sub"]), int(claims["exp"])
        # As `sign` writes it: a number has many spellings.
        is_ours = claims["typ"] == kind and claims["sub"] == str(user_id)
        if not is_ours or not 0 < user_id <= MAX_ID or expires > LAST_MOMENT:
            raise BadToken()
        return Claims(user_id, UUID(hex=claims["sid"]), UUID(hex=claims["jti"]), expires)
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError, OverflowError):
        raise BadToken() from None


# A client shows the same access token for an hour, and whether its signature is good never changes. Reading one costs
# as much as a small query (90 µs); remembering it costs nothing. What is refused is not remembered.
_verify_once = lru_cache(maxsize=2048)(_verify)


def read_access(token: str, *, at: datetime) -> Claims:
    """Read an access token.

    :raises BadToken: when it is forged, expired or of another kind
    """
    return _in_time(_verify_once(_short(token), "access", settings.SECRET_KEY), at)


def read_refresh(token: str, *, at: datetime) -> Claims:
    """Read a refresh token.

    :raises BadToken: when it is forged, expired or of another kind
    """
    return _in_time(_verify(_short(token), "refresh", settings.SECRET_KEY), at)


def session_of(token: str, kind: Kind) -> UUID | None:
    """Return the session of a token that was made here, however old it is; nothing for any other."""
    try:
        return _verify_once(_short(token), kind, settings.SECRET_KEY).session_id
    except BadToken:
        return None


def _short(token: str) -> str:
    if len(token) > LONGEST:
        raise BadToken()
    return token


def _in_time(claims: Claims, at: datetime) -> Claims:
    if claims.expires <= at.timestamp():
        raise BadToken()
    return claims
