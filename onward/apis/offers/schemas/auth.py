"""What is asked of somebody who comes in, and what they are given."""

from typing import Annotated, Literal

from pydantic import Field

from onward.apis.offers.schemas.users import UserResponse
from onward.platform.wire import CODE_AS_NUMBER, Body, Text, Wire

Email = Annotated[str, Text(255, shortest=1)]


class RegisterIn(Body):
    """Who wants an account."""

    email: Email
    username: Annotated[str, Text(50, shortest=3)]
    # Taken as it is typed, white space and all.
    password: Annotated[str, Field(min_length=6, max_length=128)]
    display_name: Annotated[
        Annotated[str, Text(100)] | None, Field(description="What others are to see; the username without it.")
    ] = None


class LoginIn(Body):
    """Who wants in."""

    email: Email
    password: Annotated[
        str, Field(min_length=1, max_length=1024, description="A wrong one of fewer than 8 characters answers 422.")
    ]
    otp_code: Annotated[
        Annotated[str, Text(32), CODE_AS_NUMBER] | None,
        Field(description="Needed where two-factor authentication is on: the app's code, or a backup code."),
    ] = None


class SignInResponse(Wire):
    """A token for seven days, and whose it is."""

    access_token: str
    token_type: Literal["bearer"]
    user: UserResponse
