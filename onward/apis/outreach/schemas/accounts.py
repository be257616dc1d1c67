"""Accounts and the team as the outreach desk shows them."""

from datetime import datetime
from typing import Annotated, Literal

from django.db.models import TextChoices
from pydantic import Field

from onward.domain.accounts.choices import RoleName
from onward.platform.wire import CODE_AS_NUMBER, Body, Choice, From, Text, Wire

Email = Annotated[str, Text(254, shortest=1)]


class TeamRole(TextChoices):
    """What somebody is at the desk: the words of `RoleName` that it knows."""

    ADMIN = RoleName.ADMIN.value
    MEMBER = RoleName.MEMBER.value


class UserRow(Wire):
    """An account. ``role`` is null for whoever is not on the team."""

    id: int
    email: str
    username: str
    name: str
    first_name: str
    last_name: str
    role: Annotated[Annotated[str, Choice(TeamRole)] | None, From("area_role")]
    is_active: bool
    timezone: str
    created_at: datetime


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
