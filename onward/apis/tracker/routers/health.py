"""Health. Section 12 of the document; open to everybody and never throttled."""

from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.tracker.schemas.analytics import HealthOut, LiveOut, ReadyOut
from onward.platform.http import health

router = Router(tags=["Health"], auth=None)


@router.get(
    "health/",
    response={HTTPStatus.OK: HealthOut, HTTPStatus.SERVICE_UNAVAILABLE: HealthOut},
    summary="Check everything",
)
def check(request: Request) -> HttpResponse:
    """Ask the database and the cache for an answer."""
    database, cache = health.database_answers(), health.cache_answers()
    status = "unhealthy" if not database else "healthy" if cache else "degraded"
    out = HealthOut(
        status=status,
        database="connected" if database else "disconnected",
        cache="connected" if cache else "disconnected",
    )
    return answer(out.model_dump_json(), HTTPStatus.OK if database else HTTPStatus.SERVICE_UNAVAILABLE)


@router.get(
    "ready/", response={HTTPStatus.OK: ReadyOut, HTTPStatus.SERVICE_UNAVAILABLE: ReadyOut}, summary="Check readiness"
)
def ready(request: Request) -> HttpResponse:
    """Say whether requests can be served: they can as long as the database answers, with or without the cache.

    The warning is there only while the server's disk has little room left.
    """
    database = health.database_answers()
    out = ReadyOut(ready=database, warning=health.room())
    return answer(
        out.model_dump_json(exclude_none=True),
        HTTPStatus.OK if database else HTTPStatus.SERVICE_UNAVAILABLE,
    )


@router.get("live/", response=LiveOut, summary="Check liveness")
def live(request: Request) -> HttpResponse:
    """Say that the process answers; nothing else is asked."""
    return answer(LiveOut(alive=True).model_dump_json())
