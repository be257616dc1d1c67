"""Webhooks: endpoints and deliveries. Section 10 of the document."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from onward.apis.base import Request
from onward.apis.filters import ByUuid, ByWord
from onward.apis.paging import Paged
from onward.apis.tracker.resource import Resource
from onward.apis.tracker.schemas.webhooks import (
    DeliveryOut,
    EndpointChanges,
    EndpointIn,
    EndpointOut,
    EventsOut,
    RetryOut,
    SecretOut,
    TestFailedOut,
    TestIn,
    TestOut,
)
from onward.domain.webhooks import queries, services, testing
from onward.domain.webhooks.choices import DeliveryStatus, WebhookEvent

FAILED = "Webhook test failed"

router = Router(tags=["Webhooks"])

DAY = timedelta(days=1)
ENDPOINTS = Resource(
    queries.endpoints,
    row=EndpointOut,
    body=EndpointIn,
    changes=EndpointChanges,
    order="-created_at",
    key="uid",
    values=lambda request: {"day_ago": request.now - DAY},
)
DELIVERIES = Resource(
    queries.deliveries,
    row=DeliveryOut,
    filters={
        "endpoint": ByUuid("endpoint__uid"),
        "status": ByWord("status", DeliveryStatus),
        "event": ByWord("event", WebhookEvent),
    },
    order="-created_at",
    key="uid",
)


@router.get("endpoints/", response=Paged[EndpointOut], summary="List webhook endpoints")
def list_endpoints(request: Request) -> HttpResponse:
    """List one's endpoints, the latest first."""
    return ENDPOINTS.page(request)


@router.post("endpoints/", **ENDPOINTS.creates, summary="Create a webhook endpoint")
def create(request: Request, body: EndpointIn) -> HttpResponse:
    """Have a program told of what happens in one's record. Addresses inside of private networks are refused."""
    fields = ENDPOINTS.fields(request, body)
    return ENDPOINTS.made(request, services.add(owner_id=request.auth.user_id, at=request.now, **fields))


@router.get("endpoints/events/", response=EventsOut, summary="Get available events")
def events(request: Request) -> Any:
    """List what an endpoint can be told of."""
    return {"events": [{"name": event.value, "description": event.label} for event in WebhookEvent]}


@router.get("endpoints/{endpoint_id}/", **ENDPOINTS.reads, summary="Get a webhook endpoint")
def get_endpoint(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Read one endpoint."""
    return ENDPOINTS.show(request, endpoint_id)


@router.put("endpoints/{endpoint_id}/", **ENDPOINTS.replaces, summary="Update a webhook endpoint")
def replace(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Change an endpoint. Name, address and events must be sent; what else is absent stays as it is."""
    return update(request, endpoint_id)


@router.patch("endpoints/{endpoint_id}/", **ENDPOINTS.changes, summary="Update a webhook endpoint in part")
def update(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Change what is sent; what is absent stays as it is. Switched on again, an endpoint begins without failures."""
    endpoint = queries.endpoint(owner_id=request.auth.user_id, uid=endpoint_id)
    services.update(endpoint=endpoint, at=request.now, **ENDPOINTS.given(request, endpoint))
    return ENDPOINTS.show(request, endpoint_id)


@router.delete("endpoints/{endpoint_id}/", **ENDPOINTS.deletes, summary="Delete a webhook endpoint")
def delete(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Delete an endpoint with its deliveries."""
    endpoint = queries.endpoint(owner_id=request.auth.user_id, uid=endpoint_id)
    services.remove(endpoint=endpoint, at=request.now)
    return ENDPOINTS.gone()


@router.post(
    "endpoints/{endpoint_id}/test/",
    response={HTTPStatus.OK: TestOut, HTTPStatus.BAD_REQUEST: TestFailedOut},
    summary="Test a webhook",
)
def test(request: Request, endpoint_id: UUID, body: TestIn) -> Any:
    """Send an example of an event now, whether or not the endpoint is active, and tell what came of it."""
    endpoint = queries.endpoint(owner_id=request.auth.user_id, uid=endpoint_id)
    try:
        event = WebhookEvent(body.event)
    except ValueError:
        wrong = f'"{str(body.event)[:100]}" is not a valid choice.'
        return Status(HTTPStatus.BAD_REQUEST, {"message": FAILED, "error": wrong, "status_code": None})
    attempt = testing.send_example(endpoint=endpoint, event=event, at=request.now)
    if attempt.arrived:
        return {"message": "Webhook test successful", "status_code": attempt.status}
    failed = {"message": FAILED, "error": attempt.error, "status_code": attempt.status}
    return Status(HTTPStatus.BAD_REQUEST, failed)


@router.post("endpoints/{endpoint_id}/regenerate_secret/", response=SecretOut, summary="Regenerate a webhook's secret")
def regenerate_secret(request: Request, endpoint_id: UUID) -> Any:
    """Sign with another secret. For 24 hours `webhook-signature` also carries a signature with the one before it."""
    endpoint = queries.endpoint(owner_id=request.auth.user_id, uid=endpoint_id)
    endpoint = services.regenerate_secret(endpoint=endpoint, at=request.now)
    return {"message": "Secret regenerated successfully", "secret": endpoint.secret}


@router.get("deliveries/", response=Paged[DeliveryOut], summary="List webhook deliveries")
def list_deliveries(request: Request) -> HttpResponse:
    """List one's deliveries of the last thirty days, the latest first."""
    return DELIVERIES.page(request)


@router.get("deliveries/{delivery_id}/", **DELIVERIES.reads, summary="Get a webhook delivery")
def get_delivery(request: Request, delivery_id: UUID) -> HttpResponse:
    """Read one delivery."""
    return DELIVERIES.show(request, delivery_id)


@router.post("deliveries/{delivery_id}/retry/", response=RetryOut, summary="Retry a webhook delivery")
def retry(request: Request, delivery_id: UUID) -> Any:
    """Send again what has failed. What has arrived is not sent again."""
    delivery = queries.delivery(owner_id=request.auth.user_id, uid=delivery_id)
    services.retry(delivery=delivery, at=request.now)
    return {"message": "Webhook queued for retry", "delivery_id": delivery.uid}
