"""Signing in with Google, or with the operator's OpenID provider."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from ninja import Router

from onward.apis.base import Request, visit
from onward.apis.copilot.routers.auth import CODE_NEEDED, refusals, signed_in
from onward.apis.copilot.schemas.accounts import CodeIn, LoginOut
from onward.apis.copilot.schemas.oauth import ReturnTo
from onward.domain.accounts.choices import ProviderName
from onward.domain.accounts.services import identities, signing_in

router = Router(tags=["Authentication & users"], auth=None)

# What binds a sign-in to the browser that began it. No other cookie is set by an API.
COOKIE = "onward_sign_in"
_LONGEST_COOKIE = 128


@router.get("google/login", response={302: None}, summary="Sign in with Google")
def log_in_with_google(request: Request, return_to: ReturnTo = "") -> Any:
    """Send somebody to Google; they come back to the callback."""
    return _depart(request, ProviderName.GOOGLE, return_to)


@router.get("google/callback", response={200: LoginOut, 302: None}, summary="Come back from Google")
def come_back_from_google(request: Request) -> Any:
    """Sign in whoever Google says it is; an account is linked by an address that is verified on both sides."""
    return _arrive(request, ProviderName.GOOGLE)


@router.get("oidc/login", response={302: None}, summary="Sign in with the OpenID provider")
def log_in_with_oidc(request: Request, return_to: ReturnTo = "") -> Any:
    """Send somebody to the OpenID provider of this server; they come back to the callback."""
    return _depart(request, ProviderName.OIDC, return_to)


@router.get("oidc/callback", response={200: LoginOut, 302: None}, summary="Come back from the OpenID provider")
def come_back_from_oidc(request: Request) -> Any:
    """Sign in whoever the provider says it is; an account is linked by an address that is verified on both sides."""
    return _arrive(request, ProviderName.OIDC)


@router.post("token", response=LoginOut, summary="Exchange a code for a token")
def exchange(request: Request, body: CodeIn) -> Any:
    """Exchange the code of a sign-in, and that of a second factor where there is one, for a token."""
    with refusals():
        opened = identities.redeem(code=body.code, otp_code=body.otp_code or "", visit=visit(request), at=request.now)
    return signed_in(opened.user_id, opened.tokens.access)


def _depart(request: Request, provider: ProviderName, return_to: str) -> HttpResponse:
    departure = identities.depart(
        provider=provider,
        redirect_uri=_callback(request, provider),
        return_to=return_to,
        browser=_browser(request),
        at=request.now,
    )
    response = HttpResponseRedirect(departure.url)
    response.set_cookie(
        COOKIE,
        departure.browser,
        max_age=int(identities.STATE_LIFETIME.total_seconds()),
        path=f"{request.api_prefix}/api/v1/auth/oauth",
        secure=settings.PUBLIC_ORIGIN.startswith("https://"),
        httponly=True,
        samesite="Lax",
    )
    return response


def _arrive(request: Request, provider: ProviderName) -> HttpResponse:
    said = request.GET
    arrival = identities.arrive(
        provider=provider,
        state=said.get("state", ""),
        code=said.get("code", ""),
        error=said.get("error", ""),
        browser=_browser(request),
        redirect_uri=_callback(request, provider),
        at=request.now,
    )
    if arrival.return_to:
        return HttpResponseRedirect(_with_code(arrival.return_to, arrival.code))
    try:
        opened = identities.redeem(code=arrival.code, otp_code="", visit=visit(request), at=request.now)
    except signing_in.CodeNeeded:
        response = JsonResponse({"detail": CODE_NEEDED, "code": arrival.code}, status=401)
        response["WWW-Authenticate"] = "Bearer"
        return response
    return signed_in(opened.user_id, opened.tokens.access)


def _callback(request: Request, provider: ProviderName) -> str:
    return f"{settings.PUBLIC_URL}{request.api_prefix}/api/v1/auth/oauth/{provider.value}/callback"


def _browser(request: Request) -> str:
    held: str = request.COOKIES.get(COOKIE, "")
    return held if len(held) <= _LONGEST_COOKIE else ""


def _with_code(address: str, code: str) -> str:
    parts = urlsplit(address)
    query = "&".join(filter(None, [parts.query, urlencode({"code": code})]))
    return parts._replace(query=query).geturl()
