"""What is asked before a large body is read: whose it is, and how much JSON its path takes."""

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.utils import timezone

from onward.platform.http.bodies import JSON_LIMIT
from onward.platform.http.middleware import api_paths
from onward.platform.refusals import Refusal
from onward.platform.tokens import services
from onward.platform.tokens.bearer import claims_of
from onward.web.frame.sessions import actor_of

# Where a contract takes a résumé and a posting, or a posting and a letter, in one body: up to 100,000 characters each,
# of which each may take six bytes; a posting in three parts, too.
LONG_TEXTS = {
    "copilot": ("/api/v1/jobs", "/api/v1/applications"),
    "tracker": ("/api/v1/ai/", "/api/v1/applications"),
    "offers": ("/api/v1/applications",),
}
LONG_LIMIT = 1_310_720

_find = api_paths(settings.API_PATHS)


def json_limit(path: str) -> int:
    """Return how many bytes of JSON may be sent to a path."""
    api, prefix = _find(path)
    return LONG_LIMIT if path[len(prefix) :].startswith(LONG_TEXTS.get(api, ())) else JSON_LIMIT


def account_of(request: HttpRequest) -> int | None:
    """Return the account that a request speaks for, by its token or, on pages, by the app's session or the admin's."""
    at = timezone.now()
    try:
        if claims := claims_of(request, at=at):
            return services.authenticate(claims=claims, at=at).user_id
    except Refusal:
        return None
    request.now = at  # type: ignore[attr-defined]
    if (actor := actor_of(request)) and not actor.awaits_second_factor:
        return actor.user_id
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    request.session = SessionStore(key)
    return get_user(request).pk
