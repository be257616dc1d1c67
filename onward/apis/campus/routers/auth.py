"""Section 1 of the campus document: registration, sign-in, and one's own account."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, visit
from onward.apis.bodies import refers_to, sent
from onward.apis.campus.access import members
from onward.apis.campus.schemas.accounts import (
    EmailIn,
    LoginIn,
    PairOut,
    RefreshIn,
    RegisterIn,
    ResetIn,
    SentenceOut,
    SignInOut,
    UserChanges,
    UserOut,
)
from onward.domain.accounts import queries, usernames
from onward.domain.accounts.choices import Area
from onward.domain.accounts.demands import Demands
from onward.domain.accounts.models import User
from onward.domain.accounts.services import leaving, own, passwords, registration, signing_in
from onward.domain.accounts.services.second_factor import WrongCode
from onward.platform import tokens
from onward.platform.refusals import Invalid, Unauthenticated

router = Router(tags=["Authentication & user management"])

# Of an account, as its columns are called.
SHOWN = ("id", "username", "email", "first_name", "last_name", "is_email_verified")
DEMANDS: Demands = {
    "username": usernames.problems_where_an_at_means_an_address,
    "password": passwords.problems,
}
RESET_ASKED = "If an account exists with this email, a password reset link has been sent."


@router.post("register/", auth=None, response={HTTPStatus.CREATED: SignInOut}, summary="Register a new user")
def register(request: Request, body: RegisterIn) -> HttpResponse:
    """Make an account and sign in; a verification link is on its way by mail."""
    made = registration.register(
        email=body.email,
        username=body.username,
        password=body.password,
        demands=DEMANDS,
        visit=visit(request),
        at=request.now,
    )
    return signed_in(made.user_id, made.tokens, HTTPStatus.CREATED)


@router.post("login/", auth=None, response=SignInOut, summary="Login a user")
def log_in(request: Request, body: LoginIn) -> HttpResponse:
    """Exchange a username or an address and a password, and the code of a second factor where there is one, for tokens.

    What holds an @ is an address, so that nobody signs in as another by a username that looks like one.
    """
    try:
        opened = signing_in.log_in_with_code(
            email=queries.address_of(body.email or body.username or ""),
            password=body.password,
            code=body.otp_code or "",
            visit=visit(request),
            at=request.now,
        )
    except signing_in.CodeNeeded as refusal:
        message = "Two-factor authentication is on for this account: otp_code is needed."
        raise Unauthenticated(message, code=refusal.code) from None
    except WrongCode as refusal:
        raise Unauthenticated("The otp_code is not right.", code=refusal.code) from None
    return signed_in(opened.user_id, opened.tokens)


@router.post("logout/", auth=tokens.signed_in_or_awaiting_second_factor, response=SentenceOut, summary="Logout a user")
def log_out(request: Request, body: RefreshIn) -> Any:
    """End the session that the refresh token belongs to, and no other: its tokens are void at once."""
    signing_in.log_out(user_id=request.auth.user_id, session_id=None, refresh=body.refresh, at=request.now)
    return {"message": "Logged out."}


@router.post("refresh/", auth=None, response=PairOut, summary="Refresh authentication token")
def refresh(request: Request, body: RefreshIn) -> Any:
    """Exchange a refresh token for a new pair; the old one is void."""
    renewed = tokens.refresh_session(token=body.refresh, at=request.now)
    return {"access": renewed.access, "refresh": renewed.refresh}


@router.get("user/", auth=members, response=UserOut, summary="Get current user details")
def get_user(request: Request) -> HttpResponse:
    """Read one's own account."""
    return answer(account(request.auth.user_id))


@router.put(
    "user/", auth=members, response=UserOut, openapi_extra=refers_to(UserChanges), summary="Update user details"
)
def change_user(request: Request) -> HttpResponse:
    """Change one's own account: all that is sent, or nothing.

    Mails go to the new address, to verify it, and to the old one, which is told of it.
    """
    user_id = request.auth.user_id
    changes = sent(request, UserChanges, shown=account(user_id))
    password, current = changes.pop("password", None), changes.pop("current_password", None)
    with _by_these_names():
        own.change(
            user_id=user_id,
            session_id=request.auth.session_id,
            changes=changes,
            password=password,
            current_password=current,
            demands=DEMANDS,
            at=request.now,
        )
    return answer(account(user_id))


@router.delete("user/", auth=members, response={HTTPStatus.NO_CONTENT: None}, summary="Delete user account")
def delete_user(request: Request) -> HttpResponse:
    """Close one's account at once and for good; what was kept of it is erased soon after, and a mail says so.

    What others have answered stays, without an author and without its words. The last admin cannot leave: 409.
    """
    leaving.close(user_id=request.auth.user_id, at=request.now)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@router.post("password-reset/", auth=None, response=SentenceOut, summary="Request a password reset")
def request_password_reset(request: Request, body: EmailIn) -> Any:
    """Ask for a link to choose another password with; the answer is the same whoever has an account."""
    passwords.request_reset(email=body.email, at=request.now)
    return {"message": RESET_ASKED}


@router.post("password-reset/confirm/", auth=None, response=SentenceOut, summary="Confirm a password reset")
def reset_password(request: Request, body: ResetIn) -> Any:
    """Choose another password by the token of a mailed link; every session of the account ends."""
    passwords.reset(token=body.token, new=body.new_password or body.password or "", at=request.now)
    return {"message": "Your password has been reset. You can now log in with it."}


@contextmanager
def _by_these_names() -> Iterator[None]:
    """Return what is wrong with a new password by the name that it is sent under here."""
    try:
        yield
    except Invalid as refusal:
        names = {"new_password": "password"}
        refusal.fields = {names.get(name, name): problems for name, problems in refusal.fields.items()}
        raise


def signed_in(user_id: int, opened: tokens.Tokens, status: int = HTTPStatus.OK) -> HttpResponse:
    """Return tokens, and whose they are."""
    pair = f'"access":"{opened.access}","refresh":"{opened.refresh}"'
    return answer(f'{{{pair},"user":{account(user_id)}}}', status)


def account(user_id: int) -> str:
    """Return an account as its owner sees it, a JSON document."""
    # A row for each role, and one where there is none.
    rows = list(
        User.objects.filter(pk=user_id).values(*SHOWN, "is_staff", "is_superuser", "roles__area", "roles__role")
    )
    words = sorted(row["roles__role"] for row in rows if row["roles__area"] == Area.CAMPUS)
    is_on_team = any(row["roles__area"] == Area.OUTREACH for row in rows)
    return UserOut(
        **{name: rows[0][name] for name in SHOWN},
        roles=[*words, *(["team"] if is_on_team else [])],
        is_admin=rows[0]["is_staff"] or rows[0]["is_superuser"],
    ).model_dump_json()
