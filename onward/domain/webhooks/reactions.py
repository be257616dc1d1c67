"""What follows from what happens to an endpoint."""

from typing import Any

from onward.domain.webhooks.events import EndpointPaused


def paused(event: EndpointPaused) -> dict[str, Any]:
    """Return of which pause the owner is to be told."""
    return {
        "user_id": event.owner_id,
        "endpoint": str(event.endpoint),
        "reason": event.reason.value,
        "at": event.at.isoformat(),
    }
