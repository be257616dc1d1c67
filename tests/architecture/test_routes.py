"""Every route needs sign-in, or stands on a list that somebody has read."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from onward.apis.campus.access import anybody
from onward.apis.catalogue import SERVED

# Operations that open without a token, and why they may.
PUBLIC = {
    "tracker": {
        ("POST", "/api/v1/auth/register/"),  # there is no account yet
        ("POST", "/api/v1/auth/login/"),
        ("POST", "/api/v1/auth/token/refresh/"),  # the refresh token is the proof
        ("POST", "/api/v1/auth/verify-email/"),  # the mailed token is the proof
        ("POST", "/api/v1/auth/resend-verification/"),
        ("POST", "/api/v1/auth/password-reset/"),
        ("POST", "/api/v1/auth/password-reset/confirm/"),
        ("GET", "/api/v1/analytics/health/"),  # asked by load balancers; says nothing of anybody
        ("GET", "/api/v1/analytics/ready/"),
        ("GET", "/api/v1/analytics/live/"),
        ("GET", "/api/docs/"),  # the same for everybody
        ("GET", "/api/redoc/"),
        ("GET", "/api/schema/"),
    },
    "offers": {
        ("POST", "/api/v1/auth/register/"),  # there is no account yet
        ("POST", "/api/v1/auth/login/"),
        ("GET", "/"),  # a greeting
        ("GET", "/docs/"),  # the same for everybody
        ("GET", "/openapi.json/"),
    },
    "copilot": {
        ("POST", "/api/v1/auth/register/"),  # there is no account yet
        ("POST", "/api/v1/auth/login/"),
        *(
            ("GET", f"/api/v1/auth/oauth/{provider}/{step}/")  # the provider's word is the proof
            for provider in ("google", "oidc")
            for step in ("login", "callback")
        ),
        ("POST", "/api/v1/auth/oauth/token/"),  # the code is the proof
        ("GET", "/api/v1/ws/notifications/"),  # says that it speaks WebSocket, whose token is in the address
        ("GET", "/health/"),  # asked by load balancers; says nothing of anybody
        ("GET", "/docs/"),  # the same for everybody
        ("GET", "/openapi.json/"),
    },
    "campus": {
        ("POST", "/api/auth/register/"),  # there is no account yet
        ("POST", "/api/auth/login/"),
        ("POST", "/api/auth/refresh/"),  # the refresh token is the proof
        ("POST", "/api/auth/password-reset/"),
        ("POST", "/api/auth/password-reset/confirm/"),  # the mailed token is the proof
        ("GET", "/api/jobs/"),  # published for everybody
        ("GET", "/api/jobs/{posting_id}/"),
        ("GET", "/api/internships/"),
        ("GET", "/api/internships/{posting_id}/"),
        ("GET", "/api/blogs/"),  # published ones are for everybody
        ("GET", "/api/blogs/popular/"),
        ("GET", "/api/blogs/feed/"),
        ("GET", "/api/blogs/{blog_id}/"),
        ("OPTIONS", "/api/videos/uploads/"),  # says what a protocol can do, the same for everybody
        ("GET", "/api/docs/"),  # the same for everybody
        ("GET", "/api/schema/"),
    },
    "outreach": {
        ("POST", "/auth/login/"),
        ("GET", "/docs/"),  # the same for everybody
        ("GET", "/openapi.json/"),
    },
}


def operations(api: str) -> Iterator[tuple[str, str, bool]]:
    """Give each operation of an API: its method, its path and whether it asks for a token."""
    ninja = import_module(f"onward.apis.{api}.api").api
    for router in ninja._get_bound_routers():
        for path, view in router.path_operations.items():
            whole = re.sub(r"/{2,}", "/", f"/{router.prefix}/{path}")
            for operation in view.operations:
                closed = bool(operation.auth_callbacks) and anybody not in operation.auth_callbacks
                for method in operation.methods:
                    yield method, whole.rstrip("/") + "/", closed


@pytest.mark.parametrize("api", SERVED)
def test_what_opens_without_a_token_has_been_reviewed(api):
    assert {(method, path) for method, path, closed in operations(api) if not closed} == PUBLIC[api]


@pytest.mark.parametrize("api", SERVED)
def test_everything_else_turns_an_anonymous_client_away(api, anonymous):
    answers = {
        (method, path): anonymous.generic(method, f"/{api}" + re.sub(r"{[^}]+}", "1", path)).status_code
        for method, path, closed in operations(api)
        if closed
    }

    assert answers
    assert {act: status for act, status in answers.items() if status != 401} == {}


def pages(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Return the path of every page that opens without signing in, is no API's and not the admin's own."""
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if not getattr(pattern.callback, "needs_sign_in", False):
                yield path
        elif pattern.app_name not in {"admin", "ninja"}:
            yield from pages(pattern.url_patterns, path)


# Pages that open to anybody, and why they may. The admin guards its own.
OPEN_PAGES = {
    "",  # the welcome page
    "app/manifest.webmanifest",  # what a phone asks before anybody has signed in
    "favicon.ico",
    "^certificates/(?P<uid>[0-9a-fA-F-]{36})/?$",  # confirms what its reader was shown
    "^board/(?P<kind>jobs|internships)/?$",  # what is published
    "^board/(?P<kind>jobs|internships)/(?P<pk>[0-9]{1,18})/?$",
    "robots.txt",
    "pictures/<str:name>",  # an address that nobody can guess, for pages that show a profile's picture
    "metrics",  # opens to this machine, trusted networks or a token, and says nothing of anybody
    "^verify-email/?$",  # the mailed token is the proof
    "^reset-password/?$",
    "^calendar.ics/?$",  # the token of its link is the proof, and all that it can do is to read one calendar
    "app/sign-in/",  # the ways in, and out
    "app/sign-in/code/",
    "app/sign-up/",
    "app/forgot/",
    "app/closed/",  # says to who has closed their account that it is closed, and nothing of anybody
    "app/sign-out/",
    "^unsubscribe/?$",  # the mailed token is the proof, and all that it can do is to stop mails
}


def test_pages_that_open_to_anybody_have_been_reviewed():
    assert set(pages(get_resolver().url_patterns)) == OPEN_PAGES
