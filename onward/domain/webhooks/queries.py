"""Reading webhook endpoints and deliveries."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Func, QuerySet
from django.db.models.expressions import Combinable

from onward.domain.webhooks.choices import DeliveryStatus
from onward.domain.webhooks.models import Delivery, Endpoint
from onward.platform.refusals import Missing
from onward.platform.wire import OWNER, Count, From, Param, Statement
from onward.platform.wire.encoders import Document, EncodedInteger
from onward.platform.wire.fields import Path

DAY_AGO = Param("day_ago", models.DateTimeField())

# Asked by everything that happens in anybody's record, so it must cost next to nothing.
LISTENING = Statement(
    lambda: Endpoint.objects.filter(owner_id=OWNER).filter(is_active=True).order_by("pk").values_list("pk", "events")
)


def endpoints() -> QuerySet[Endpoint]:
    """Return one person's endpoints; the statement takes ``owner_id``."""
    return Endpoint.objects.filter(owner_id=OWNER)


def deliveries() -> QuerySet[Delivery]:
    """Return one person's deliveries; the statement takes ``owner_id``."""
    return Delivery.objects.filter(owner_id=OWNER)


def endpoint(*, owner_id: int, uid: UUID) -> Endpoint:
    """Return one of somebody's endpoints.

    :raises Missing: when there is none of that id, or it is another's
    """
    found = Endpoint.objects.filter(owner_id=owner_id, uid=uid).first()
    if found is None:
        raise Missing()
    return found


def delivery(*, owner_id: int, uid: UUID) -> Delivery:
    """Return one of somebody's deliveries, with its endpoint.

    :raises Missing: when there is none of that id, or it is another's
    """
    found = Delivery.objects.select_related("endpoint").filter(owner_id=owner_id, uid=uid).first()
    if found is None:
        raise Missing()
    return found


def due(*, endpoint_id: int, at: datetime) -> QuerySet[Delivery]:
    """Return what is to be sent to an endpoint now, in the order in which it happened."""
    return Delivery.objects.filter(endpoint_id=endpoint_id, due_at__lte=at).order_by("pk")


def endpoints_with_work(*, at: datetime) -> list[int]:
    """Return the ids of the endpoints that something is to be sent to now and that nobody sends to."""
    waiting = Delivery.objects.filter(due_at__lte=at, endpoint__is_active=True)
    free = waiting.exclude(endpoint__claimed_until__gte=at)
    return list(free.order_by().values_list("endpoint_id", flat=True).distinct())


class AsJSON(Func):
    """Text that is JSON, as JSON."""

    arity = 1
    output_field = models.JSONField()
    template = "%(expressions)s"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s)::json", **context)


PAYLOAD = From(lambda at: AsJSON(models.F(at("body"))))


def _of_the_last_day(*statuses: DeliveryStatus) -> Callable[[Path], Combinable]:
    """Count an endpoint's deliveries since ``day_ago``; all of them, or those of some statuses."""

    def rows() -> QuerySet[Delivery]:
        found = Delivery.objects.filter(created_at__gt=DAY_AGO)
        return found.filter(status__in=statuses) if statuses else found

    source = Count(rows, by="endpoint_id").source
    assert callable(source)
    return source


STATS = {
    "total_24h": _of_the_last_day(),
    "successful_24h": _of_the_last_day(DeliveryStatus.SUCCESS),
    "failed_24h": _of_the_last_day(DeliveryStatus.FAILED),
}


def _stats(at: Path) -> Combinable:
    return Document(*((name, EncodedInteger(count(at))) for name, count in STATS.items()))


# How the deliveries of the last day went, in one object; the statement takes ``day_ago``.
DELIVERY_STATS = From(_stats)
