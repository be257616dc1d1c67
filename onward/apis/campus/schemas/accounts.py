"""What goes over the wire about accounts."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from onward.platform.wire import CODE_AS_NUMBER, Body, Text, Wire

# A password is taken as it is typed, white space and all; longer ones would only cost time.
Password = Annotated[str, Field(min_length=1, max_length=1024)]
Token = Annotated[str, Text(1024, shortest=1)]
Email = Annotated[str, Text(254, shortest=1)]
Username = Annotated[str, Text(150, shortest=1)]
Code = Annotated[str, Text(32, shortest=1), CODE_AS_NUMBER]


class UserOut(Wire):
    """An account, as its owner sees it. ``roles`` are instructor, moderator and team, as far as they are theirs."""

    id: int
    username: str
    email: str
    first_name: str
    last_name: str
    is_email_verified: bool
    roles: list[str]
    is_admin: bool


class PairOut(Wire):
    """A fresh pair of tokens."""

    access: str
    refresh: str


class SignInOut(PairOut):
    """A fresh pair of tokens, and whose they are."""

    user: UserOut


class SentenceOut(Wire):
    """A sentence for the person."""

    message: str


class RegisterIn(Body):
    """Who wants an account."""

    username: Username
    email: Email
    password: Password


class LoginIn(Body):
    """Who wants in, by their username or their address: what holds an @ is an address."""

    username: Username | None = None
    email: Email | None = None
    password: Password
    otp_code: Code | None = None

    @model_validator(mode="after")
    def _somebody(self) -> "LoginIn":
        if not (self.email or self.username):
            raise PydanticCustomError("missing", "A username or an email is required.")
        return self


class RefreshIn(Body):
    """A refresh token."""

    refresh: Token


class EmailIn(Body):
    """An address, known or not."""

    email: Email


class ResetIn(Body):
    """The token of a mailed link, and the password to have from now on, by either name."""

    token: Token
    new_password: Password | None = None
    password: Password | None = None

    @model_validator(mode="after")
    def _chosen(self) -> "ResetIn":
        if not (self.new_password or self.password):
            raise PydanticCustomError("missing", "A new password is required.")
        return self


class UserChanges(Body):
    """What to change about one's account; what is left out stays.

    Another address counts at once, and is not verified. Another password needs the one until now.
    """

    username: Username = ""
    email: Email = ""
    first_name: Annotated[str, Text(150)] = ""
    last_name: Annotated[str, Text(150)] = ""
    password: Password | None = None
    current_password: Password | None = None
