"""Sections 1 and 2 of the tracker's document: registration, sign-in, links by mail and the profile."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, visit
from onward.apis.bodies import refers_to, sent
from onward.apis.resource import Verb
from onward.apis.tracker.schemas.accounts import (
    ChangePasswordIn,
    EmailIn,
    LogInIn,
    LogOutIn,
    MessageOut,
    ProfileIn,
    ProfileOut,
    ProfilePatch,
    RefreshedOut,
    RefreshIn,
    RegisterIn,
    RegistrationOut,
    ResetIn,
    SignInOut,
    TokenIn,
)
from onward.domain.accounts import queries, usernames
from onward.domain.accounts.demands import Demands
from onward.domain.accounts.services import emails, passwords, profiles, registration, signing_in
from onward.platform import tokens
from onward.platform.wire import Reading

router = Router(tags=["Authentication"])

PROFILE = Reading(ProfileOut, queries.account)
CHANGES: Verb = {"response": ProfileOut, "openapi_extra": refers_to(ProfilePatch)}
REPLACES: Verb = {"response": ProfileOut, "openapi_extra": refers_to(ProfileIn)}
# What this document asks of names and passwords, besides what the record needs.
DEMANDS: Demands = {"username": usernames.problems, "password": passwords.problems}


@router.post("/register/", auth=None, response={201: RegistrationOut}, summary="Register new user")
def register(request: Request, body: RegisterIn) -> Any:
    """Make an account and sign in; a verification link is on its way by mail."""
    made = registration.register(
        email=body.email,
        username=body.username,
        password=body.password,
        first_name=body.first_name,
        last_name=body.last_name,
        demands=DEMANDS,
        visit=visit(request),
        at=request.now,
    )
    pair = f'{{"refresh":"{made.tokens.refresh}","access":"{made.tokens.access}"}}'
    message = "Registration successful. Please check your email to verify your account."
    return answer(f'{{"user":{_profile(made.user_id)},"tokens":{pair},"message":"{message}"}}', 201)


@router.post("/login/", auth=None, response=SignInOut, exclude_none=True, summary="Login")
def log_in(request: Request, body: LogInIn) -> Any:
    """Exchange an address and a password for tokens."""
    opened = signing_in.log_in(email=body.email, password=body.password, visit=visit(request), at=request.now)
    return {
        "refresh": opened.tokens.refresh,
        "access": opened.tokens.access,
        "requires_2fa": opened.awaits_second_factor or None,
    }


@router.post("/token/refresh/", auth=None, response=RefreshedOut, summary="Refresh token")
def refresh(request: Request, body: RefreshIn) -> Any:
    """Exchange a refresh token for a new pair; the old one is void."""
    renewed = tokens.refresh_session(token=body.refresh, at=request.now)
    return {"access": renewed.access, "refresh": renewed.refresh}


@router.post("/logout/", auth=tokens.signed_in_or_awaiting_second_factor, response=MessageOut, summary="Logout")
def log_out(request: Request, body: LogOutIn) -> Any:
    """End the session at hand: its access and refresh tokens are void at once."""
    signing_in.log_out(
        user_id=request.auth.user_id, session_id=request.auth.session_id, refresh=body.refresh, at=request.now
    )
    return {"message": "Logout successful."}


@router.post("/verify-email/", auth=None, response=MessageOut, summary="Verify email")
def verify_email(request: Request, body: TokenIn) -> Any:
    """Confirm an address by the token of a link."""
    emails.verify(token=body.token, at=request.now)
    return {"message": "Email verified successfully. Welcome!"}


@router.post("/resend-verification/", auth=None, response=MessageOut, summary="Resend verification email")
def resend_verification(request: Request, body: EmailIn) -> Any:
    """Ask for another verification link; the answer is the same whoever has an account."""
    emails.request_verification(email=body.email, at=request.now)
    return {"message": "If an account exists with this email, a verification link has been sent."}


@router.post("/password-reset/", auth=None, response=MessageOut, summary="Request password reset")
def request_password_reset(request: Request, body: EmailIn) -> Any:
    """Ask for a link to choose another password with; the answer is the same whoever has an account."""
    passwords.request_reset(email=body.email, at=request.now)
    return {"message": "If an account exists with this email, a password reset link has been sent."}


@router.post("/password-reset/confirm/", auth=None, response=MessageOut, summary="Confirm password reset")
def reset_password(request: Request, body: ResetIn) -> Any:
    """Choose another password by the token of a link; every session of the account ends."""
    passwords.reset(token=body.token, new=body.new_password, at=request.now)
    return {"message": "Password has been reset successfully. You can now log in with your new password."}


@router.get("/profile/", response=ProfileOut, tags=["Profile"], summary="Get profile")
def profile(request: Request) -> Any:
    """Read one's own account."""
    return answer(_profile(request.auth.user_id))


@router.put("/profile/", **REPLACES, tags=["Profile"], summary="Update profile")
def replace_profile(request: Request) -> Any:
    """Change one's own account; the email stays as it is."""
    return _change_profile(request, whole=ProfileIn)


@router.patch(
    "/profile/",
    response=ProfileOut,
    openapi_extra=refers_to(ProfilePatch),
    tags=["Profile"],
    summary="Update part of the profile",
)
def change_profile(request: Request) -> Any:
    """Change some of one's own account; the email stays as it is."""
    return _change_profile(request)


def _change_profile(request: Request, whole: type[ProfileIn] | None = None) -> HttpResponse:
    user_id = request.auth.user_id
    changes = sent(request, ProfilePatch, shown=_profile(user_id), whole=whole)
    profiles.change(user_id=user_id, changes=changes, demands=DEMANDS, at=request.now)
    return answer(_profile(user_id))


@router.put("/change-password/", response=MessageOut, tags=["Profile"], summary="Change password")
def change_password(request: Request, body: ChangePasswordIn) -> Any:
    """Choose another password; every other session of the account ends."""
    passwords.change(
        user_id=request.auth.user_id,
        session_id=request.auth.session_id,
        old=body.old_password,
        new=body.new_password,
        at=request.now,
    )
    return {"message": "Password updated successfully."}


@router.patch("/change-password/", response=MessageOut, tags=["Profile"], summary="Change password (also by PATCH)")
def patch_password(request: Request, body: ChangePasswordIn) -> Any:
    """Choose another password; every other session of the account ends."""
    return change_password(request, body)


def _profile(user_id: int) -> str:
    return PROFILE.required(user_id=user_id)
