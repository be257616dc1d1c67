"""The five APIs: where the documentation of each is, and what the platform has to know of it."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Api:
    """One documented API. Without documentation it is not served yet, and the page says so.

    :ivar access_lifetime: how long an access token is good that was signed in for through it
    :ivar unlimited: the paths, after the prefix, that are neither counted nor refused: machines that watch us ask for
        them
    """

    name: str
    documentation: str = ""
    reference: str = ""
    schema: str = ""
    access_lifetime: timedelta = timedelta(minutes=60)
    unlimited: tuple[str, ...] = ()


APIS = (
    Api(
        "Tracker",
        documentation="/tracker/api/docs/",
        reference="/tracker/api/redoc/",
        schema="/tracker/api/schema/",
        unlimited=tuple(f"/api/v1/analytics/{name}" for name in ("health", "ready", "live")),
    ),
    Api(
        "Offers",
        documentation="/offers/docs",
        schema="/offers/openapi.json",
        # This document and the copilot's know no refresh.
        access_lifetime=timedelta(days=7),
    ),
    Api(
        "Copilot",
        documentation="/copilot/docs",
        schema="/copilot/openapi.json",
        unlimited=("/health",),
        access_lifetime=timedelta(hours=24),
    ),
    Api(
        "Campus",
        documentation="/campus/api/docs/",
        schema="/campus/api/schema/",
    ),
    Api(
        "Outreach",
        documentation="/outreach/docs",
        schema="/outreach/openapi.json",
        access_lifetime=timedelta(hours=24),
    ),
)

# Those that are served, by name.
SERVED = tuple(api.name.lower() for api in APIS if api.documentation)
ACCESS_LIFETIMES = {api.name.lower(): api.access_lifetime for api in APIS}
# Nor is it counted who reads how an API is used.
UNLIMITED = tuple(
    path.removeprefix(f"/{api.name.lower()}").rstrip("/")
    for api in APIS
    for path in (*api.unlimited, api.documentation, api.reference, api.schema)
    if path
)
