"""Reflections as the offers document shows them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from onward.apis.offers.lenses import TEXT
from onward.platform.wire import Body, From, Text, Wire, storable
from onward.platform.wire.body import DEEPEST

# An application is shown, and may be sent back, with its reflection inside: what nests here must be readable there.
DEEPEST_GAPS = 16
# PostgreSQL writes a large number out in full, and nobody reads thousands of digits back.
LARGEST = 10**15


def _readable_again(gaps: dict[str, Any]) -> dict[str, Any]:
    storable(gaps, DEEPEST - DEEPEST_GAPS)
    _small(gaps)
    return gaps


def _small(value: Any) -> None:
    if isinstance(value, int | float) and abs(value) > LARGEST:
        raise PydanticCustomError("number_too_large", "A number is too large.")
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            _small(item)


class ReflectionResponse(Wire):
    """What somebody learned from an application."""

    id: Annotated[UUID, From("uid")]
    application_id: Annotated[UUID, From("application__uid")]
    what_worked: Annotated[str | None, From("what_worked", lens=TEXT)]
    what_failed: Annotated[str | None, From("what_failed", lens=TEXT)]
    skill_gaps: dict[str, Any] | None
    improvement_plan: Annotated[str | None, From("improvement_plan", lens=TEXT)]
    created_at: datetime
    updated_at: datetime


class ReflectionIn(Body):
    """What a client says in a reflection. Null clears a field."""

    what_worked: Annotated[str, Text()] | None = None
    what_failed: Annotated[str, Text()] | None = None
    skill_gaps: Annotated[dict[str, Any], AfterValidator(_readable_again)] | None = None
    improvement_plan: Annotated[str, Text()] | None = None
