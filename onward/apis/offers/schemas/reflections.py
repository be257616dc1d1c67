"""Reflections as the offers document shows them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator

from onward.apis.offers.lenses import TEXT
from onward.platform.wire import Body, From, Wire, storable
from onward.platform.wire.body import DEEPEST

# An application is shown, and may be sent back, with its reflection inside: what nests here must be readable there.
DEEPEST_GAPS = 16


def _not_too_deep(gaps: dict[str, Any]) -> dict[str, Any]:
    storable(gaps, DEEPEST - DEEPEST_GAPS)
    return gaps


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

    what_worked: str | None = None
    what_failed: str | None = None
    skill_gaps: Annotated[dict[str, Any], AfterValidator(_not_too_deep)] | None = None
    improvement_plan: str | None = None
