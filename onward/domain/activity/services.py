"""The timeline is written by reactions only: nobody keeps it by hand."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from onward.domain.activity.choices import Action
from onward.domain.activity.models import Activity
from onward.platform.record import append, append_all


def add_line(
    *,
    owner_id: int,
    action: Action,
    description: str,
    at: datetime,
    application_id: int | None = None,
    metadata: dict[str, Any] | None = None,
) -> None:
    """Write one line of somebody's timeline."""
    append(Activity, **_row(owner_id, action, description, at, application_id, metadata))


def add_lines(lines: Iterable[dict[str, Any]]) -> None:
    """Write many lines, each as `add_line` takes it."""
    append_all(Activity, [_row(**line) for line in lines])


def _row(
    owner_id: int,
    action: Action,
    description: str,
    at: datetime,
    application_id: int | None = None,
    metadata: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "owner_id": owner_id,
        "application_id": application_id,
        "action": action.value,
        "description": description,
        "metadata": metadata or {},
        "created_at": at,
    }
