"""What pages need and APIs do not: a language, cookies, forms, messages and the content security policy.

But for the language each is Django's (or django-csp's) own, passed over for an API: no cookie opens an API, and an API
sets none.
"""

from collections.abc import Callable
from typing import Any

from csp import middleware as csp
from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware import csrf, gzip
from django.utils.cache import patch_vary_headers

from onward.web import languages


class _PagesOnly:
    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.api:  # type: ignore[attr-defined]
            return self.get_response(request)  # type: ignore[attr-defined, no-any-return]
        return super().__call__(request)  # type: ignore[misc, no-any-return]


class LanguageMiddleware:
    """Pages in the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the language that is asked for."""
        if request.api:  # type: ignore[attr-defined]
            return self.get_response(request)
        with languages.spoken(request) as language:
            response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers["Content-Language"] = language
            patch_vary_headers(response, ["Accept-Language"])
        return response


class SessionMiddleware(_PagesOnly, sessions.SessionMiddleware):
    """Sessions by cookie, for pages."""


class GZipMiddleware(_PagesOnly, gzip.GZipMiddleware):
    """Packs pages, with a length that says nothing of what is in them."""


class AuthenticationMiddleware(_PagesOnly, auth.AuthenticationMiddleware):
    """``request.user`` by session, for pages."""


class MessageMiddleware(_PagesOnly, messages.MessageMiddleware):
    """One-time messages, for pages."""


class CSPMiddleware(_PagesOnly, csp.CSPMiddleware):
    """The content security policy, for pages."""


class CsrfViewMiddleware(_PagesOnly, csrf.CsrfViewMiddleware):
    """Protection of forms against other sites, for pages."""

    def process_view(self, request: HttpRequest, *view: Any) -> Any:
        """Check a form's token."""
        if request.api:  # type: ignore[attr-defined]
            return None
        return super().process_view(request, *view)
