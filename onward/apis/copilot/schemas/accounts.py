"""Accounts: who comes in, and what an account says about its owner."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from django.db.models import Case, CharField, F, OuterRef, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.lookups import Exact
from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from onward.apis.copilot.schemas.words import NUMBER, Amount
from onward.domain.accounts.choices import ExperienceLevel, WorkType
from onward.domain.accounts.models import Identity
from onward.domain.accounts.providers import GOOGLE_ISSUER
from onward.platform.lens import Unset
from onward.platform.wire import CODE_AS_NUMBER, Body, Choice, From, Text, WebAddress, Whole, Wire

NOTHING = Unset(stored="", shown=None)


def _name(value: str) -> str:
    if "@" in value:
        # Whoever signs in with an @ is looked for by their address.
        raise PydanticCustomError("username", "A username must not contain an @.")
    return value


Email = Annotated[str, Text(254, shortest=1)]
Username = Annotated[str, Text(50, shortest=3), AfterValidator(_name)]
# Taken as it is typed, white space and all; longer ones would only cost time.
Password = Annotated[str, Field(min_length=8, max_length=1024)]
OtpCode = Annotated[
    Annotated[str, Text(32), CODE_AS_NUMBER] | None,
    Field(description="Needed where two-factor authentication is on: the app's code, or a backup code."),
]
Names = Annotated[list[Annotated[str, Text(100, shortest=1)]], Field(max_length=200)]


def _prefers_remote(at: Any) -> Combinable:
    return Exact(F(at("preferred_work_type")), Value(WorkType.REMOTE.value))


def _identity(shown: Combinable) -> From:
    """Return something of the identity elsewhere that somebody has had for longest."""

    def source(at: Any) -> Combinable:
        mine = Identity.objects.filter(user=OuterRef(at("pk"))).order_by("pk").annotate(shown=shown)
        return Subquery(mine.values("shown")[:1], output_field=CharField())

    return From(source)


_PROVIDER = Case(When(issuer=GOOGLE_ISSUER, then=Value("google")), default=Value("oidc"))


class UserOut(Wire):
    """An account as its owner sees it."""

    id: int
    username: str
    email: str
    skills: list[str]
    preferred_locations: list[str]
    experience_level: Annotated[ExperienceLevel | None, From("experience_level", lens=NOTHING)]
    daily_application_goal: int
    is_admin: Annotated[bool, From("is_staff")]
    prefer_remote_jobs: Annotated[bool, From(_prefers_remote, writes="preferred_work_type")]
    oauth_provider: Annotated[Literal["google", "oidc"] | None, _identity(_PROVIDER)]
    oauth_id: Annotated[str | None, _identity(F("subject"))]
    profile_picture_url: Annotated[str | None, From("profile_picture_url", lens=NOTHING)]
    desired_title: Annotated[str | None, From("desired_role", lens=NOTHING)]
    desired_salary_min: int | None
    desired_salary_max: int | None
    excluded_companies: list[str]
    timezone: str
    created_at: datetime
    updated_at: datetime


class UserChanges(Body, partial=True):
    """What a client changes about its account; what is left out stays, and the address stays as it is."""

    username: Username
    skills: Names
    preferred_locations: Names
    experience_level: Annotated[str, Choice(ExperienceLevel)] | None
    daily_application_goal: Annotated[int, Whole(0, 1000), NUMBER]
    prefer_remote_jobs: bool
    profile_picture_url: Annotated[str, WebAddress(500)] | None
    desired_title: Annotated[str, Text(200)] | None
    desired_salary_min: Amount | None
    desired_salary_max: Amount | None
    excluded_companies: Annotated[Names, Field(description="Companies that are not to be proposed.")]
    timezone: Annotated[str, Text(64, shortest=1), Field(description="An IANA name, such as Europe/Berlin.")]


class RegisterIn(Body):
    """Who wants an account."""

    username: Username
    email: Email
    password: Password


class LoginIn(Body):
    """Who wants in, by their username or their address: what holds an @ is an address, in either field."""

    username: Annotated[str, Text(254, shortest=1)] | None = None
    email: Email | None = None
    password: Annotated[str, Field(min_length=1, max_length=1024)]
    otp_code: OtpCode = None

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if self.username is None and self.email is None:
            raise PydanticCustomError("missing", "Either username or email is required.")
        return self


class LoginOut(Wire):
    """A token for a day, and whose it is."""

    access_token: str
    token_type: Literal["bearer"]
    user: UserOut


class CodeIn(Body):
    """The code that a sign-in elsewhere has ended with; good once, for a minute."""

    code: Annotated[str, Text(128, shortest=1)]
    otp_code: OtpCode = None


class MessageOut(Wire):
    """What has been done."""

    message: str
