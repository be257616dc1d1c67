"""The timeline is written by reactions only: nobody keeps it by hand."""

from datetime import datetime
from typing import Any

from onward.domain.activity.choices import Action
from onward.domain.activity.models import Activity
from onward.platform.record import append


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
    append(
        Activity,
        owner_id=owner_id,
        application_id=application_id,
        action=action.value,
        description=description,
        metadata=metadata or {},
        created_at=at,
    )
