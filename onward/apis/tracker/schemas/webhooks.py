"""Webhooks as the tracker's document shows them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from annotated_types import MaxLen, MinLen
from pydantic import BaseModel, Field, WithJsonSchema
from typing_extensions import TypedDict

from onward.domain.webhooks.choices import DeliveryStatus, WebhookEvent
from onward.domain.webhooks.queries import DELIVERY_STATS, PAYLOAD
from onward.platform.wire import Body, Choice, From, Text, WebAddress, Wire

EventWord = Annotated[str, Choice(WebhookEvent)]
StatusWord = Annotated[str, Choice(DeliveryStatus)]
EventWords = Annotated[list[EventWord], MinLen(1), MaxLen(50)]


class DeliveryStats(TypedDict):
    """How the deliveries of the last 24 hours went."""

    total_24h: int
    successful_24h: int
    failed_24h: int


class EndpointOut(Wire):
    """A webhook endpoint, with the secret that its deliveries are signed with."""

    id: Annotated[UUID, From("uid")]
    name: str
    url: str
    secret: str
    events: list[EventWord]
    is_active: bool
    failure_count: int
    last_failure_at: datetime | None
    last_success_at: datetime | None
    created_at: datetime
    updated_at: datetime
    delivery_stats: Annotated[DeliveryStats, DELIVERY_STATS]


class EndpointIn(Body):
    """What a client says of an endpoint. Name, address and events must be given."""

    name: Annotated[str, Text(255, shortest=1)]
    url: Annotated[str, WebAddress(2000), MinLen(1)]
    events: EventWords
    is_active: bool = True


class EndpointChanges(EndpointIn):
    """What a client changes about an endpoint. What is absent stays as it is."""

    name: Annotated[str, Text(255, shortest=1)] = Field(default_factory=str)
    url: Annotated[str, WebAddress(2000), MinLen(1)] = Field(default_factory=str)
    events: EventWords = Field(default_factory=list)


class EventOut(BaseModel):
    """An event that an endpoint can be told of."""

    name: EventWord
    description: str


class EventsOut(BaseModel):
    """All events that there are."""

    events: list[EventOut]


class TestIn(Body):
    """Which event the test looks like."""

    # Read by the endpoint, whose refusal has a shape of its own.
    event: Annotated[Any, WithJsonSchema({"enum": WebhookEvent.values, "type": "string"})] = (
        WebhookEvent.APPLICATION_CREATED.value
    )


class TestOut(BaseModel):
    """The test arrived."""

    message: str
    status_code: int


class TestFailedOut(BaseModel):
    """The test did not arrive. ``status_code`` is null when nothing was answered."""

    message: str
    error: str
    status_code: int | None


class SecretOut(BaseModel):
    """The secret that deliveries are signed with from now on."""

    message: str
    secret: str


class DeliveryOut(Wire):
    """A delivery: what was sent, or is to be sent, and how far it has come."""

    id: Annotated[UUID, From("uid")]
    endpoint: Annotated[UUID, From("endpoint__uid")]
    endpoint_name: Annotated[str, From("endpoint__name")]
    event: EventWord
    payload: Annotated[dict[str, Any], PAYLOAD]
    status: StatusWord
    attempt_count: int
    max_attempts: int
    response_status_code: int | None
    error_message: str
    created_at: datetime
    delivered_at: datetime | None


class RetryOut(BaseModel):
    """The delivery will be sent again."""

    message: str
    delivery_id: UUID
