"""Whether the server can serve."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.copilot.schemas.health import DatabaseOut, HealthOut, RedisOut
from onward.platform.http import health

router = Router(tags=["Health"], auth=None)


@router.get(
    "",
    response={HTTPStatus.OK: HealthOut, HTTPStatus.SERVICE_UNAVAILABLE: HealthOut},
    summary="Check the database and Redis",
)
def check(request: Request) -> HttpResponse:
    """Ask the database and Redis for an answer; without the database nothing can be served, without Redis all can."""
    database = health.database_answers()
    redis = "disabled" if not settings.REDIS_URL else "connected" if health.cache_answers() else "unreachable"
    out = HealthOut(
        status="unhealthy" if not database else "degraded" if redis == "unreachable" else "healthy",
        database=DatabaseOut(status="connected" if database else "unreachable"),
        redis=RedisOut(status=redis),
    )
    return answer(out.model_dump_json(), HTTPStatus.OK if database else HTTPStatus.SERVICE_UNAVAILABLE)
