"""From the header of a request to the person whom it speaks for."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from ninja.security.base import AuthBase

from onward.platform.refusals import Forbidden, Unauthenticated
from onward.platform.tokens import services, signing
from onward.platform.tokens.actor import Actor
from onward.platform.tokens.signing import BadToken, Claims


def bearer_token(request: HttpRequest) -> str | None:
    """Return the bearer token of a request; none when it bears none (another scheme is nothing to us)."""
    header: str = request.META.get("HTTP_AUTHORIZATION", "")
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def claims_of(request: HttpRequest, *, at: datetime) -> Claims | None:
    """Read the bearer token of a request; a token that does not hold counts as none."""
    token = bearer_token(request)
    if token is None:
        return None
    try:
        return signing.read_access(token, at=at)
    except BadToken:
        return None


def actor_of(request: HttpRequest) -> Actor:
    """Return the person whose token a request bears, whether or not the session owes its second factor.

    :raises Unauthenticated: when there is no token
    :raises BadToken: when the token does not hold
    """
    claims: Claims | None = request.claims  # type: ignore[attr-defined]
    if claims is not None:
        return services.authenticate(claims=claims, at=request.now)  # type: ignore[attr-defined]
    raise Unauthenticated() if bearer_token(request) is None else BadToken()


def _anybody(actor: Actor) -> None:
    pass


def with_both_factors(actor: Actor) -> None:
    """Refuse a session that still owes its second factor; for ``Bearer``.

    :raises Forbidden: when it does
    """
    if actor.awaits_second_factor:
        raise Forbidden("Two-factor verification required.", code="second_factor_required")


class Bearer(AuthBase):
    """How an endpoint asks for a token (Ninja's ``auth=``); the :class:`Actor` then stands in ``request.auth``."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_bearerFormat = "JWT"  # noqa: N815 - OpenAPI's own spelling

    def __init__(self, admit: Callable[[Actor], None]) -> None:
        super().__init__()
        self._admit = admit

    def __call__(self, request: HttpRequest) -> Actor:
        """Return the person who is asking.

        :raises Unauthenticated: when nobody is signed in, or the token does not hold
        :raises Forbidden: when the endpoint wants the second factor first
        """
        actor = actor_of(request)
        self._admit(actor)
        return actor


signed_in = Bearer(with_both_factors)
signed_in_or_awaiting_second_factor = Bearer(_anybody)
