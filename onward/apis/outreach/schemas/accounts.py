"""Accounts and the team as the outreach desk shows them."""

from datetime import datetime
from typing import Annotated, Literal

from django.db.models import TextChoices
from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from onward.domain.accounts.choices import RoleName
from onward.platform.wire import CODE_AS_NUMBER, Body, Choice, From, Text, Wire

Email = Annotated[str, Text(254, shortest=1)]


class TeamRole(TextChoices):
    """What somebody is at the desk: the words of `RoleName` that it knows."""

    ADMIN = RoleName.ADMIN.value
    MEMBER = RoleName.MEMBER.value


RoleWord = Annotated[str, Choice(TeamRole)]
Name = Annotated[str, Text(150)]


class UserRow(Wire):
    """An account. ``role`` is null for whoever is not on the team."""

    id: int
    email: str
    username: str
    name: str
    first_name: str
    last_name: str
    role: Annotated[RoleWord | None, From("area_role", writes="role")]
    is_active: bool
    timezone: str
    created_at: datetime


def _called(name: str, said: ValidationInfo) -> str:
    if not (name or said.data.get("first_name") or said.data.get("last_name")):
        raise PydanticCustomError("name", "Either name, or first_name and last_name, must be given.")
    return name


class UserIn(Body):
    """An account for somebody. Without a password they are invited by mail; a username is made where none is given."""

    email: Email
    first_name: Name = ""
    last_name: Name = ""
    name: Annotated[
        Name,
        AfterValidator(_called),
        Field(validate_default=True, description="First and last name, where they are not given apart."),
    ] = ""
    role: RoleWord
    username: Annotated[str, Text(150)] = ""
    password: Annotated[str, Field(min_length=1, max_length=1024)] | None = None


class UserChanges(Body, partial=True):
    """What a client changes about an account. Without a role somebody is off the team; one that is off cannot sign in.

    Of accounts that were made elsewhere only the role can be changed, except by superusers.
    """

    email: Email
    name: Annotated[str, Text(150, shortest=1)]
    first_name: Name
    last_name: Name
    username: Annotated[str, Text(150, shortest=1)]
    role: RoleWord | None
    is_active: bool


class LoginIn(Body):
    """Who wants in."""

    email: Email
    password: Annotated[str, Field(min_length=1, max_length=1024)]
    otp_code: Annotated[
        Annotated[str, Text(32), CODE_AS_NUMBER] | None,
        Field(description="Needed where two-factor authentication is on: the app's code, or a backup code."),
    ] = None


class LoginOut(Wire):
    """A token for a day, and whose it is. :ivar expires_in: in seconds"""

    access_token: str
    token_type: Literal["bearer"]
    expires_in: int
    user: UserRow


class MessageOut(Wire):
    """What has been done."""

    message: str


class LoadOut(Wire):
    """How many open internships are somebody's, in all and by status."""

    active_load: int
    by_status: dict[str, int]
