"""Webhooks: endpoints and deliveries. Section 10 of the document."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from onward.apis.base import Request, answer
from onward.apis.tracker.filters import ByUuid, ByWord, Filters
from onward.apis.tracker.paging import Paged, paged
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
from onward.platform.refusals import Missing
from onward.platform.wire import Listing, Reading

FAILED = "Webhook test failed"

router = Router(tags=["Webhooks"])

ENDPOINTS = Listing(EndpointOut, queries.endpoints, order=("-created_at",))
ENDPOINT = Reading(EndpointOut, lambda: queries.endpoints().filter(uid=queries.UID))
FILTERS = Filters(
    endpoint=ByUuid("endpoint__uid"), status=ByWord("status", DeliveryStatus), event=ByWord("event", WebhookEvent)
)
DELIVERIES = Listing(
    DeliveryOut,
    queries.deliveries,
    filters=FILTERS.conditions,
    values=FILTERS.values,
    order=("-created_at",),
)
DELIVERY = Reading(DeliveryOut, lambda: queries.deliveries().filter(uid=queries.UID))
DAY = timedelta(days=1)


def _endpoint(request: Request, uid: UUID, status: int = HTTPStatus.OK) -> HttpResponse:
    document = ENDPOINT.one(owner_id=request.auth.user_id, uid=uid, day_ago=request.now - DAY)
    if document is None:
        raise Missing()
    return answer(document, status)


@router.get("endpoints/", response=Paged[EndpointOut], summary="List webhook endpoints")
def list_endpoints(request: Request) -> HttpResponse:
    """List one's endpoints, the latest first."""
    return paged(request, ENDPOINTS, owner_id=request.auth.user_id, day_ago=request.now - DAY)


@router.post("endpoints/", response={HTTPStatus.CREATED: EndpointOut}, summary="Create a webhook endpoint")
def create(request: Request, body: EndpointIn) -> HttpResponse:
    """Have a program told of what happens in one's record. Addresses inside of private networks are refused."""
    endpoint = services.add(owner_id=request.auth.user_id, at=request.now, **body.model_dump())
    return _endpoint(request, endpoint.uid, HTTPStatus.CREATED)


@router.get("endpoints/events/", response=EventsOut, summary="Get available events")
def events(request: Request) -> Any:
    """List what an endpoint can be told of."""
    return {"events": [{"name": event.value, "description": event.label} for event in WebhookEvent]}


@router.get("endpoints/{endpoint_id}/", response=EndpointOut, summary="Get a webhook endpoint")
def get_endpoint(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Read one endpoint."""
    return _endpoint(request, endpoint_id)


@router.put("endpoints/{endpoint_id}/", response=EndpointOut, summary="Update a webhook endpoint")
def replace(request: Request, endpoint_id: UUID, body: EndpointIn) -> HttpResponse:
    """Change an endpoint. Name, address and events must be sent; what else is absent stays as it is."""
    return _update(request, endpoint_id, body)


@router.patch("endpoints/{endpoint_id}/", response=EndpointOut, summary="Update a webhook endpoint in part")
def update(request: Request, endpoint_id: UUID, body: EndpointChanges) -> HttpResponse:
    """Change what is sent; what is absent stays as it is. Switched on again, an endpoint begins without failures."""
    return _update(request, endpoint_id, body)


def _update(request: Request, endpoint_id: UUID, body: EndpointIn) -> HttpResponse:
    endpoint = queries.endpoint(owner_id=request.auth.user_id, uid=endpoint_id)
    services.update(endpoint=endpoint, at=request.now, **body.model_dump(exclude_unset=True))
    return _endpoint(request, endpoint_id)


@router.delete("endpoints/{endpoint_id}/", response={HTTPStatus.NO_CONTENT: None}, summary="Delete a webhook endpoint")
def delete(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Delete an endpoint with its deliveries."""
    endpoint = queries.endpoint(owner_id=request.auth.user_id, uid=endpoint_id)
    services.remove(endpoint=endpoint, at=request.now)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


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
    return paged(request, DELIVERIES, filters=FILTERS.read(request), owner_id=request.auth.user_id)


@router.get("deliveries/{delivery_id}/", response=DeliveryOut, summary="Get a webhook delivery")
def get_delivery(request: Request, delivery_id: UUID) -> HttpResponse:
    """Read one delivery."""
    document = DELIVERY.one(owner_id=request.auth.user_id, uid=delivery_id)
    if document is None:
        raise Missing()
    return answer(document)


@router.post("deliveries/{delivery_id}/retry/", response=RetryOut, summary="Retry a webhook delivery")
def retry(request: Request, delivery_id: UUID) -> Any:
    """Send again what has failed. What has arrived is not sent again."""
    delivery = queries.delivery(owner_id=request.auth.user_id, uid=delivery_id)
    services.retry(delivery=delivery, at=request.now)
    return {"message": "Webhook queued for retry", "delivery_id": delivery.uid}
