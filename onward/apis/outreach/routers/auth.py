"""Signing in and out."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from ninja import Router

from onward.apis.base import Request, answer, visit
from onward.apis.catalogue import ACCESS_LIFETIMES
from onward.apis.outreach.schemas.accounts import LoginIn, LoginOut, MessageOut, UserRow
from onward.domain.accounts import queries
from onward.domain.accounts.choices import Area
from onward.domain.accounts.services import signing_in
from onward.domain.accounts.services.second_factor import WrongCode
from onward.platform import tokens
from onward.platform.refusals import Unauthenticated
from onward.platform.wire import Reading

router = Router(tags=["Authentication"])

ME = Reading(UserRow, lambda: queries.accounts(Area.OUTREACH).filter(pk=queries.USER))
EXPIRES_IN = int(ACCESS_LIFETIMES["outreach"].total_seconds())


@router.post("login", auth=None, response=LoginOut, summary="Log in")
def log_in(request: Request, body: LoginIn) -> Any:
    """Exchange an address and a password, and the code of a second factor where there is one, for a token."""
    try:
        opened = signing_in.log_in_with_code(
            email=body.email, password=body.password, code=body.otp_code or "", visit=visit(request), at=request.now
        )
    except signing_in.WrongCredentials:
        raise Unauthenticated("Incorrect email or password", code="wrong_credentials") from None
    except signing_in.CodeNeeded as refusal:
        message = "Two-factor authentication is on for this account: otp_code is needed"
        raise Unauthenticated(message, code=refusal.code) from None
    except WrongCode as refusal:
        raise Unauthenticated("Incorrect otp_code", code=refusal.code) from None
    token, user = opened.tokens.access, ME.required(user_id=opened.user_id)
    return answer(f'{{"access_token":"{token}","token_type":"bearer","expires_in":{EXPIRES_IN},"user":{user}}}')


@router.post("logout", auth=tokens.signed_in_or_awaiting_second_factor, response=MessageOut, summary="Log out")
def log_out(request: Request) -> HttpResponse:
    """End the session at hand: its token is void at once."""
    signing_in.log_out(user_id=request.auth.user_id, session_id=request.auth.session_id, refresh=None, at=request.now)
    return JsonResponse({"message": "Logged out"})
