"""Sessions, and the tokens that open them.

What other rooms use stands here: ``from onward.platform import tokens`` and ``tokens.open_session(…)``. It is fetched
at its first use, because Django imports this package before it knows any models.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onward.platform.tokens.actor import Actor
    from onward.platform.tokens.bearer import claims_of, signed_in, signed_in_or_awaiting_second_factor
    from onward.platform.tokens.events import RefreshReused
    from onward.platform.tokens.queries import sessions
    from onward.platform.tokens.services import (
        Tokens,
        authenticate,
        authenticate_page,
        complete_second_factor,
        end_session,
        end_sessions,
        open_session,
        refresh_session,
    )
    from onward.platform.tokens.signing import REFRESH_LIFETIME, BadToken, Claims

_HOMES = {
    "REFRESH_LIFETIME": "signing",
    "Actor": "actor",
    "BadToken": "signing",
    "Claims": "signing",
    "RefreshReused": "events",
    "Tokens": "services",
    "complete_second_factor": "services",
    "authenticate": "services",
    "authenticate_page": "services",
    "claims_of": "bearer",
    "end_session": "services",
    "end_sessions": "services",
    "open_session": "services",
    "refresh_session": "services",
    "sessions": "queries",
    "signed_in": "bearer",
    "signed_in_or_awaiting_second_factor": "bearer",
}

__all__ = [
    "REFRESH_LIFETIME",
    "Actor",
    "BadToken",
    "Claims",
    "RefreshReused",
    "Tokens",
    "authenticate",
    "authenticate_page",
    "claims_of",
    "complete_second_factor",
    "end_session",
    "end_sessions",
    "open_session",
    "refresh_session",
    "sessions",
    "signed_in",
    "signed_in_or_awaiting_second_factor",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
