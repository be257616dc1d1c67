"""What happens to webhook endpoints."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from onward.domain.webhooks.choices import PauseReason
from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class EndpointEvent(Event):
    """Something about one endpoint."""

    endpoint: UUID


@dataclass(frozen=True, kw_only=True)
class EndpointAdded(EndpointEvent):
    """A program will be told of what happens in somebody's record. :ivar host: whose program"""

    name: ClassVar[str] = "webhook.endpoint_added"
    host: str


@dataclass(frozen=True, kw_only=True)
class EndpointChanged(EndpointEvent):
    """An endpoint's owner changed it. :ivar changed: the fields"""

    name: ClassVar[str] = "webhook.endpoint_changed"
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class EndpointRemoved(EndpointEvent):
    """A program will be told of nothing any more."""

    name: ClassVar[str] = "webhook.endpoint_removed"


@dataclass(frozen=True, kw_only=True)
class SecretRegenerated(EndpointEvent):
    """An endpoint signs with another secret."""

    name: ClassVar[str] = "webhook.secret_regenerated"


@dataclass(frozen=True, kw_only=True)
class EndpointPaused(EndpointEvent):
    """We stopped sending, because nothing arrives any more."""

    name: ClassVar[str] = "webhook.endpoint_paused"
    reason: PauseReason
