"""Accounts: registering, signing in and out, and what an account says about its owner."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpResponse, JsonResponse
from ninja import Router

from onward.apis.base import Request, answer, visit
from onward.apis.copilot.resource import Resource
from onward.apis.copilot.schemas.accounts import LoginIn, LoginOut, MessageOut, RegisterIn, UserChanges, UserOut
from onward.domain.accounts import queries
from onward.domain.accounts.choices import WorkType
from onward.domain.accounts.demands import Demands
from onward.domain.accounts.models import User
from onward.domain.accounts.services import profiles, registration, signing_in
from onward.domain.accounts.services.second_factor import WrongCode
from onward.platform import tokens
from onward.platform.refusals import Conflict, Invalid, Unauthenticated

router = Router(tags=["Authentication & users"])

ME = Resource(queries.account, row=UserOut, changes=UserChanges)
# This document asks nothing of usernames and passwords but what its bodies say.
DEMANDS: Demands = {}
CODE_NEEDED = "Two-factor authentication is on for this account: otp_code is needed"


@router.post("register", auth=None, response={201: LoginOut}, summary="Register")
def register(request: Request, body: RegisterIn) -> Any:
    """Make an account and sign in; a verification link is on its way by mail."""
    try:
        made = registration.register(
            email=body.email,
            username=body.username,
            password=body.password,
            demands=DEMANDS,
            visit=visit(request),
            at=request.now,
        )
    except registration.Taken as refusal:
        raise Conflict(f"{'Email' if 'email' in refusal.fields else 'Username'} already registered") from None
    return signed_in(made.user_id, made.tokens.access, status=201)


@router.post("login", auth=None, response=LoginOut, summary="Log in")
def log_in(request: Request, body: LoginIn) -> Any:
    """Exchange a name or an address and a password, and the code of a second factor where there is one, for a token."""
    with refusals():
        opened = signing_in.log_in_with_code(
            email=queries.address_of(body.email or body.username or ""),
            password=body.password,
            code=body.otp_code or "",
            visit=visit(request),
            at=request.now,
        )
    return signed_in(opened.user_id, opened.tokens.access)


@router.post("logout", auth=tokens.signed_in_or_awaiting_second_factor, response=MessageOut, summary="Log out")
def log_out(request: Request) -> HttpResponse:
    """End the session at hand: its token is void at once."""
    signing_in.log_out(user_id=request.auth.user_id, session_id=request.auth.session_id, refresh=None, at=request.now)
    return JsonResponse({"message": "Logged out"})


@router.get("me", **ME.reads, summary="Get yourself")
def get_me(request: Request) -> Any:
    """Read one's own account."""
    return ME.show(request, request.auth.user_id)


@router.patch("me", **ME.changes, summary="Change yourself")
def change_me(request: Request) -> Any:
    """Change what is sent of what an account says about its owner."""
    user_id = request.auth.user_id
    changes = ME.given(request, User(pk=user_id))
    if "preferred_work_type" in changes:
        changes["preferred_work_type"] = WorkType.REMOTE if changes["preferred_work_type"] else WorkType.ANY
    try:
        profiles.change(user_id=user_id, changes=changes, demands=DEMANDS, at=request.now)
    except Invalid as refusal:
        # What two fields have against each other is told at the one that was sent.
        salary = next((name for name in ("desired_salary_min", "desired_salary_max") if name in changes), "")
        raise Invalid(fields={name or salary: problems for name, problems in refusal.fields.items()}) from None
    return ME.show(request, user_id)


@contextmanager
def refusals() -> Iterator[None]:
    """Refuse in this document's words whoever does not come in."""
    try:
        yield
    except signing_in.WrongCredentials:
        raise Unauthenticated("Incorrect username, email or password", code="wrong_credentials") from None
    except signing_in.CodeNeeded as refusal:
        raise Unauthenticated(CODE_NEEDED, code=refusal.code) from None
    except WrongCode as refusal:
        raise Unauthenticated("Incorrect otp_code", code=refusal.code) from None


def signed_in(user_id: int, token: str, *, status: int = 200) -> HttpResponse:
    """Answer with a token, and whose it is."""
    user = ME.reading.required(user_id=user_id, pk=user_id)
    return answer(f'{{"access_token":"{token}","token_type":"bearer","user":{user}}}', status)
