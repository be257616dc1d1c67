"""Signing in by an account elsewhere: where somebody wants to go afterwards."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from django.conf import settings
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from onward.platform.wire import Text


def _trusted(value: str) -> str:
    """Refuse to bring a code anywhere but to our own pages and to those that may call the APIs."""
    if value:
        try:
            parts = urlsplit(value)
        except ValueError:
            parts = urlsplit("")
        origin = f"{parts.scheme}://{parts.netloc}"
        may_call = origin in settings.CORS_ALLOWED_ORIGINS or any(
            re.fullmatch(pattern, origin) for pattern in settings.CORS_ALLOWED_ORIGIN_REGEXES
        )
        if not (value.isascii() and value.isprintable()) or not (origin == settings.PUBLIC_ORIGIN or may_call):
            raise PydanticCustomError("return_to", "This must be an address of this server, or of an allowed origin.")
    return value


ReturnTo = Annotated[
    str,
    Text(2000),
    AfterValidator(_trusted),
    Field(
        description="Where to go afterwards, with a `code` that `oauth/token` takes; without it the callback answers."
    ),
]
