"""The five APIs: what each does, where its documentation is, and what the platform has to know of it."""

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
    audience: str
    does: str
    documentation: str = ""
    reference: str = ""
    schema: str = ""
    access_lifetime: timedelta = timedelta(minutes=60)
    unlimited: tuple[str, ...] = ()


APIS = (
    Api(
        "Tracker",
        "for job seekers",
        "Companies, applications from wishlist to offer, interviews, résumés, analytics that ask the history, exports.",
        documentation="/tracker/api/docs/",
        reference="/tracker/api/redoc/",
        schema="/tracker/api/schema/",
        unlimited=tuple(f"/api/v1/analytics/{name}" for name in ("health", "ready", "live")),
    ),
    Api(
        "Offers",
        "for a personal journal",
        "Saved jobs, stages, offers, reflections and reminders, and people who cheer each other on.",
        documentation="/offers/docs",
        schema="/offers/openapi.json",
        # This document and the copilot's know no refresh.
        access_lifetime=timedelta(days=7),
    ),
    Api(
        "Copilot",
        "for assistants",
        "Jobs, applications and a board, imports and exports, and what is new the moment that it happens.",
        documentation="/copilot/docs",
        schema="/copilot/openapi.json",
        unlimited=("/health",),
        access_lifetime=timedelta(hours=24),
    ),
    Api(
        "Campus",
        "for schools",
        "A board of jobs and internships, applications, blogs and forums.",
        documentation="/campus/api/docs/",
        schema="/campus/api/schema/",
    ),
    Api(
        "Outreach",
        "for placement teams",
        "Leads, follow-ups and the way from a call to a posting.",
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
