"""What goes over the wire about accounts (sections 1, 2 and 9 of the tracker's document)."""

from datetime import datetime
from typing import Annotated, Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.expressions import Combinable
from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from onward.domain.accounts import queries
from onward.domain.accounts.choices import Method, WorkType
from onward.platform.wire import CODE_AS_NUMBER, Body, Choice, Count, From, Text, Unsigned4, WebAddress, Wire

# A password is taken as it is typed, white space and all; longer ones would only cost time.
Password = Annotated[str, Field(min_length=1, max_length=1024)]
Token = Annotated[str, Text(1024, shortest=1)]
Email = Annotated[str, Text(254, shortest=1)]
Code = Annotated[str, Text(32, shortest=1), CODE_AS_NUMBER]


class ProfileOut(Wire):
    """An account as its owner sees it."""

    id: int
    email: str
    username: str
    first_name: str
    last_name: str
    phone: str
    linkedin_url: str
    portfolio_url: str
    github_url: str
    desired_role: str
    desired_salary_min: int | None
    desired_salary_max: int | None
    preferred_work_type: WorkType
    timezone: Annotated[str, Field(description="An IANA name: days, quiet hours and weeks are those of this clock.")]
    is_email_verified: bool
    created_at: datetime
    updated_at: datetime


class TokensOut(Wire):
    """A fresh pair after signing in."""

    refresh: str
    access: str


class RefreshedOut(Wire):
    """A fresh pair after renewing one."""

    access: str
    refresh: str


class SignInOut(TokensOut):
    """A fresh pair, and whether it opens nothing yet but the question for the second factor."""

    requires_2fa: Annotated[bool | None, Field(description="Only there, and true, when a code is asked for next.")] = (
        None
    )


class RegistrationOut(Wire):
    """A new account, signed in."""

    user: ProfileOut
    tokens: TokensOut
    message: str


class MessageOut(Wire):
    """A sentence for the person."""

    message: str


def _passwords_match(first: str, value: str, info: ValidationInfo) -> str:
    # A first password that was refused is not there to be compared with.
    if first in info.data and info.data[first] != value:
        raise PydanticCustomError("mismatch", "The two passwords do not match.")
    return value


class RegisterIn(Body):
    """Who wants an account."""

    email: Email
    username: Annotated[str, Text(150, shortest=1)]
    password: Password
    password_confirm: Password
    first_name: Annotated[str, Text(150)] = ""
    last_name: Annotated[str, Text(150)] = ""

    @field_validator("password_confirm")
    @classmethod
    def _same(cls, value: str, info: ValidationInfo) -> str:
        return _passwords_match("password", value, info)


class LogInIn(Body):
    """Who wants in."""

    email: Email
    password: Password


class RefreshIn(Body):
    """The refresh token to renew."""

    refresh: Token


class LogOutIn(Body):
    """The refresh token to void; the session at hand ends with or without it."""

    refresh: Token | None = None


class TokenIn(Body):
    """The token of a link."""

    token: Token


class EmailIn(Body):
    """An address, known or not."""

    email: Email


class ResetIn(Body):
    """The token of a link, and the password to have from now on."""

    token: Token
    new_password: Password
    new_password_confirm: Password

    @field_validator("new_password_confirm")
    @classmethod
    def _same(cls, value: str, info: ValidationInfo) -> str:
        return _passwords_match("new_password", value, info)


class ChangePasswordIn(Body):
    """The password until now, and the one from now on."""

    old_password: Password
    new_password: Password


class ProfilePatch(Body):
    """What to change of a profile; what is left out stays."""

    username: Annotated[str, Text(150, shortest=1)] = Field(default_factory=str)
    first_name: Annotated[str, Text(150)] = ""
    last_name: Annotated[str, Text(150)] = ""
    phone: Annotated[str, Text(30)] = ""
    linkedin_url: Annotated[str, WebAddress(500)] = ""
    portfolio_url: Annotated[str, WebAddress(500)] = ""
    github_url: Annotated[str, WebAddress(500)] = ""
    desired_role: Annotated[str, Text(200)] = ""
    desired_salary_min: Unsigned4 | None = None
    desired_salary_max: Unsigned4 | None = None
    preferred_work_type: Annotated[str, Choice(WorkType)] = WorkType.ANY.value
    timezone: Annotated[str, Text(64, shortest=1), Field(description="An IANA name, such as Europe/Berlin.")] = "UTC"

    @property
    def given(self) -> dict[str, Any]:
        """What was sent, and only that."""
        return self.model_dump(exclude_unset=True)


class ProfileIn(ProfilePatch):
    """A whole profile; what may be left out stays as it is."""

    username: Annotated[str, Text(150, shortest=1)]


def _is_enabled(at: Any) -> Combinable:
    return ExpressionWrapper(Q(**{at("second_factor__confirmed_at__isnull"): False}), output_field=BooleanField())


class SecondFactorOut(Wire):
    """Whether a second factor guards the account. What is set up and not confirmed guards nothing."""

    enabled: Annotated[bool, From(_is_enabled)]
    verified: Annotated[bool, From(_is_enabled)]
    verified_at: Annotated[datetime | None, From("second_factor__confirmed_at")]
    last_used_at: Annotated[datetime | None, From("second_factor__last_used_at")]
    backup_codes_remaining: Annotated[int, Count(queries.backup_codes_left, by="second_factor__user")]


class SetupOut(Wire):
    """What an authenticator app needs, shown once."""

    secret: str
    qr_code: str
    backup_codes: list[str]
    otpauth_url: str
    message: str


class SwitchedOut(Wire):
    """Whether the second factor is on now."""

    message: str
    enabled: bool


class VerifiedOut(Wire):
    """How the second factor was proved."""

    verified: bool
    method: Method
    warning: Annotated[str | None, Field(description="Only there when a backup code was used.")] = None


class NotVerifiedOut(Wire):
    """A code that opens nothing."""

    error: str
    verified: bool


class BackupCodesOut(Wire):
    """Ten new codes, shown once."""

    backup_codes: list[str]
    message: str


class CodeIn(Body):
    """A code from the authenticator app, or a backup code."""

    code: Code


class DisableIn(Body):
    """A code and the password."""

    code: Code
    password: Password
