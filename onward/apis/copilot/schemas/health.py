"""Whether the server can serve."""

from typing import Literal

from onward.platform.wire import Wire


class DatabaseOut(Wire):
    """Whether the database answers."""

    status: Literal["connected", "unreachable"]


class RedisOut(Wire):
    """Whether Redis answers, where the server has one."""

    status: Literal["connected", "disabled", "unreachable"]


class HealthOut(Wire):
    """How the server is: ``degraded`` without its Redis, ``unhealthy`` without its database."""

    status: Literal["healthy", "degraded", "unhealthy"]
    database: DatabaseOut
    redis: RedisOut
