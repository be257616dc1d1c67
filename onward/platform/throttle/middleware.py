"""How many requests somebody may send."""

import ipaddress
import json
import re
from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from onward.platform.refusals import Throttled
from onward.platform.storage.links import is_good
from onward.platform.throttle.headers import show
from onward.platform.throttle.limits import Verdict, collect_verdicts, hit, unused
from onward.platform.tokens.bearer import bearer_token, claims_of
from onward.platform.tokens.signing import session_of

_SIGN_IN = re.compile(r"/auth/login/?$")
_SIGN_UP = re.compile(r"/auth/register/?$")
_REFRESH = re.compile(r"/auth/(token/)?refresh/?$")
# The bodies of these are short; a longer one is not read here.
_SHORT = 4096
# Signing in is counted for each account at each address, and beside that so many times as often for the address: one
# program that asks in vain, behind an address that many share, keeps nobody from signing in.
_ACCOUNTS_AT_AN_ADDRESS = 10


class Throttle:
    """Counts the requests to an API, by account or else by address, and says in every answer how the count stands.

    A tab that was left open and shows a token of ours that has lapsed is counted by its session: those who share its
    address do not pay for it.

    An API may have a rate of its own, and is then counted apart; a link to it that is signed is counted by itself.

    Where what was asked for has a limit of its own as well, the answer tells of the one that leaves less.

    The token is read here, once, and left in ``request.claims``: its signature and expiry tell whose request it is to
    be counted as. A token that does not hold counts as none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._unlimited: tuple[str, ...] = import_string(settings.UNLIMITED_PATHS)
        self._refuse: Callable[[HttpRequest, Throttled], HttpResponse] = import_string(settings.THROTTLED)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Count, then answer or refuse."""
        if not request.api:  # type: ignore[attr-defined]
            request.claims = None  # type: ignore[attr-defined]
            return self.get_response(request)
        request.claims = claims_of(request, at=request.now)  # type: ignore[attr-defined]
        verdict = self._verdict(request)
        with collect_verdicts() as given:
            answer = self.get_response(request) if verdict.allowed else self._refusal(request, verdict)
        show(answer, min([verdict, *given], key=_room))
        return answer

    def _verdict(self, request: HttpRequest) -> Verdict:
        claims, api = request.claims, request.api  # type: ignore[attr-defined]
        limit, period = settings.THROTTLE_ANON if claims is None else settings.THROTTLE_USER
        path = request.path_info
        if not settings.THROTTLE or path.removeprefix(request.api_prefix).rstrip("/") in self._unlimited:  # type: ignore[attr-defined]
            return unused(limit, period)
        own, apart = settings.THROTTLE_OF_API.get(api), ""
        if claims is not None:
            if own:
                (limit, period), apart = own, f"{api}:"
            return hit(f"{apart}user:{claims.user_id}", limit, period)
        address = client_network(request.client_address)  # type: ignore[attr-defined]
        # Where a school's students share an address they may also make their accounts on the same morning.
        comes_in = _SIGN_IN.search(path) or (own and _SIGN_UP.search(path))
        if request.method == "POST" and comes_in and (account := _account(request)):
            everybody = hit(f"sign-in:{address}", limit * _ACCOUNTS_AT_AN_ADDRESS, period)
            return hit(f"sign-in:{address}:{account}", limit, period) if everybody.allowed else everybody
        if own:
            (limit, period), apart = own, f"{api}:"
        session = _lapsed_session(request)
        if session:
            return hit(f"{apart}session:{session}", limit, period)
        if own and (link := _signed_link(request)):
            return hit(f"{apart}link:{link}", limit, period)
        return hit(f"{apart}anon:{address}", limit, period)

    def _refusal(self, request: HttpRequest, verdict: Verdict) -> HttpResponse:
        answer = self._refuse(request, Throttled(verdict.wait))
        answer["Retry-After"] = str(verdict.wait)
        return answer


def _lapsed_session(request: HttpRequest) -> UUID | None:
    """Return the session of a token that does not open anything any more, or only renews one that does."""
    if request.method == "POST" and _REFRESH.search(request.path_info):
        return session_of(_sent(request, "refresh"), "refresh")
    return session_of(bearer_token(request) or "", "access")


def _signed_link(request: HttpRequest) -> str:
    """Return by what a link is counted that opens this path; nothing where there is none that does.

    Such a link signs the path, after the prefix of its API, so that nothing has to be looked up for it.
    """
    expires, signature = request.GET.get("expires", ""), request.GET.get("signature", "")
    if request.method != "GET" or not expires or not signature:
        return ""
    path = request.path_info.removeprefix(request.api_prefix)  # type: ignore[attr-defined]
    at = request.now  # type: ignore[attr-defined]
    return signature if is_good(path, expires=expires, signature=signature, at=at) else ""


def _account(request: HttpRequest) -> str:
    """Return by what name somebody signs in."""
    return (_sent(request, "email") or _sent(request, "username")).lower()


def _sent(request: HttpRequest, field: str) -> str:
    """Return a text of a request's JSON; nothing where that cannot be told."""
    if len(request.body) > _SHORT:
        return ""
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return ""
    value = body.get(field) if isinstance(body, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _room(verdict: Verdict) -> tuple[bool, int, int]:
    """Order limits by how much they leave, the one that has refused before all others."""
    return verdict.allowed, verdict.remaining, -verdict.reset


@lru_cache(maxsize=1024)
def client_network(address: str) -> str:
    """Return what an address is counted as: itself, or its network where one connection has a whole network of them."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), 64), strict=False))
