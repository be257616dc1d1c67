"""Tags as the offers document shows them."""

import re
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from onward.domain.applications.models.tag import INDIGO
from onward.platform.wire import EMPTY_IS_NULL, Body, From, Text, Wire, empty_is

_COLOR = re.compile("#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def _hex(value: str) -> str:
    if not _COLOR.fullmatch(value):
        raise PydanticCustomError("color", "Enter a colour such as #6366f1.")
    return value


Name = Annotated[str, Text(50, shortest=1)]
Color = Annotated[str, Text(7), AfterValidator(_hex)]


class TagResponse(Wire):
    """A label of somebody's own, with a colour."""

    id: Annotated[UUID, From("uid")]
    user_id: Annotated[UUID, From("owner__uid")]
    name: str
    color: str
    created_at: datetime


class ApplicationTagResponse(Wire):
    """A tag on an application, and since when it is there."""

    id: Annotated[UUID, From("uid")]
    application_id: Annotated[UUID, From("application__uid")]
    tag_id: Annotated[UUID, From("tag__uid")]
    created_at: datetime
    tag: TagResponse


class TagIn(Body):
    """What a client says of a tag."""

    name: Name
    color: Annotated[Color, empty_is(INDIGO)] = INDIGO


class TagChanges(Body):
    """What a client changes about a tag. A tag always has a name and a colour: null leaves them."""

    name: Name | None = None
    color: Annotated[Color | None, EMPTY_IS_NULL] = None
