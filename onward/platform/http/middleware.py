"""The outermost middleware: what every request is given and what every answer carries."""

import os
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.exception import response_for_exception
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from onward.platform.http import addresses
from onward.platform.http.log import REQUEST_ID
from onward.platform.throttle.headers import show

GetResponse = Callable[[HttpRequest], HttpResponseBase]

GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")

EVERYWHERE = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
ON_PAGES = (
    *EVERYWHERE,
    ("X-Frame-Options", "DENY"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
ON_APIS = (
    *EVERYWHERE,
    ("Cache-Control", "no-store"),
)
HSTS = "max-age=31536000"


def api_paths(paths: Sequence[tuple[str, str, str]]) -> Callable[[str], tuple[str, str]]:
    """Return a function that maps a path to its API and the prefix in front of it ("" and "": a page)."""
    if not paths:
        return lambda path: ("", "")
    known = re.compile("|".join(f"({re.escape(path.rstrip('/'))}(?=/|$))" for path, _, _ in paths))
    owners = [(api, prefix) for _, api, prefix in paths]

    def find(path: str) -> tuple[str, str]:
        found = known.match(path)
        return owners[found.lastindex - 1] if found and found.lastindex else ("", "")

    return find


class Edge:
    """Gives each request its id, time, API and client address; answers carry the id and the safe headers.

    ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are removed unless a trusted proxy wrote them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response
        self._api = api_paths(settings.API_PATHS)
        self._secure = urlsplit(settings.PUBLIC_URL).scheme == "https"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        edge: Any = request
        meta = request.META
        given = meta.get("HTTP_X_REQUEST_ID", "")
        edge.id = given if GIVEN_ID.fullmatch(given) else os.urandom(16).hex()
        REQUEST_ID.set(edge.id)
        edge.now = datetime.now(UTC)
        edge.api, edge.api_prefix = self._api(request.path_info)
        scheme = self._believe(request)
        response = self._answer(request, scheme)
        headers = response.headers
        headers["X-Request-ID"] = edge.id
        for name, value in ON_APIS if edge.api else ON_PAGES:
            headers.setdefault(name, value)
        if edge.api and "X-RateLimit-Limit" not in headers:
            # A preflight, which is answered before anything is counted.
            show(response)
        if self._secure and request.is_secure():
            headers.setdefault("Strict-Transport-Security", HSTS)
        return response

    def _answer(self, request: HttpRequest, scheme: str) -> HttpResponseBase:
        try:
            host = request.get_host()
        except DisallowedHost as error:
            return response_for_exception(request, error)
        if not request.api:  # type: ignore[attr-defined]
            if self._secure and scheme == "http" and request.method in {"GET", "HEAD"}:
                # Only the proxy's word is taken for it: a health check that asks us directly is answered.
                return HttpResponsePermanentRedirect(f"https://{host}{request.get_full_path()}")
            return self._get_response(request)
        if request.method != "HEAD":
            return self._get_response(request)
        # Wherever an API answers GET it answers HEAD; the server leaves the body out.
        request.method = "GET"
        try:
            return self._get_response(request)
        finally:
            request.method = "HEAD"

    def _believe(self, request: HttpRequest) -> str:
        meta = request.META
        peer = meta.get("REMOTE_ADDR", "")
        forwarded_for = meta.pop("HTTP_X_FORWARDED_FOR", "")
        forwarded_proto = meta.pop("HTTP_X_FORWARDED_PROTO", "")
        client, scheme = peer, ""
        if settings.TRUSTED_PROXIES:
            client, scheme = addresses.behind(peer, forwarded_for, forwarded_proto, settings.TRUSTED_PROXIES)
        request.client_address = client  # type: ignore[attr-defined]
        if scheme:
            # Where settings.SECURE_PROXY_SSL_HEADER looks.
            meta["HTTP_X_FORWARDED_PROTO"] = scheme
        return scheme
