"""Registration and sign-in."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, visit
from onward.apis.offers.routers.users import me
from onward.apis.offers.schemas.auth import LoginIn, RegisterIn, SignInResponse
from onward.domain.accounts.demands import Demands
from onward.domain.accounts.services import registration, signing_in
from onward.domain.accounts.services.second_factor import WrongCode
from onward.platform.refusals import Conflict, Invalid, Unauthenticated

router = Router(tags=["Auth"])

# This document asks nothing of usernames and passwords but their length.
DEMANDS: Demands = {}
# Of a wrong password: the document asks for so many characters here, and for fewer at registration (decision 0015).
SHORTEST_PASSWORD = 8


@router.post("/register", auth=None, response={201: SignInResponse}, summary="Register")
def register(request: Request, body: RegisterIn) -> Any:
    """Make an account and sign in."""
    try:
        made = registration.register(
            email=body.email,
            username=body.username,
            password=body.password,
            display_name=body.display_name or "",
            demands=DEMANDS,
            visit=visit(request),
            at=request.now,
        )
    except registration.Taken as refusal:
        raise Conflict(f"{'Email' if 'email' in refusal.fields else 'Username'} already taken") from None
    return _signed_in(request, made.user_id, made.tokens.access, status=201)


@router.post("/login", auth=None, response=SignInResponse, summary="Log in")
def log_in(request: Request, body: LoginIn) -> Any:
    """Exchange an address and a password, and the code of a second factor where there is one, for a token."""
    try:
        opened = signing_in.log_in_with_code(
            email=body.email,
            password=body.password,
            code=body.otp_code or "",
            visit=visit(request),
            at=request.now,
        )
    except signing_in.WrongCredentials:
        if len(body.password) < SHORTEST_PASSWORD:
            raise Invalid(
                fields={"password": [f"String should have at least {SHORTEST_PASSWORD} characters"]},
                code="string_too_short",
            ) from None
        raise Unauthenticated("Incorrect email or password", code="wrong_credentials") from None
    except signing_in.CodeNeeded as refusal:
        message = "Two-factor authentication is on for this account: otp_code is needed"
        raise Unauthenticated(message, code=refusal.code) from None
    except WrongCode as refusal:
        raise Unauthenticated("Incorrect otp_code", code=refusal.code) from None
    return _signed_in(request, opened.user_id, opened.tokens.access, status=200)


def _signed_in(request: Request, user_id: int, token: str, *, status: int) -> HttpResponse:
    user = me(user_id=user_id, now=request.now)
    return answer(f'{{"access_token":"{token}","token_type":"bearer","user":{user}}}', status)
