"""The tracker: a job application tracker's API (`docs/apis/tracker.md`)."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from onward.apis.base import Api
from onward.apis.docs.examples import with_examples
from onward.apis.docs.pages import redoc, swagger
from onward.apis.tracker import errors
from onward.apis.tracker.routers import (
    ai,
    analytics,
    applications,
    auth,
    companies,
    exports,
    health,
    interviews,
    notifications,
    resumes,
    two_factor,
    webhooks,
)

api = Api(
    name="tracker",
    title="Onward: the tracker API",
    description=(
        "Applications, companies, interviews and what they add up to. Every path works with and without its last slash."
    ),
)
errors.register(api)

api.add_router("api/v1/auth/", auth.router)
api.add_router("api/v1/2fa/", two_factor.router)
api.add_router("api/v1/companies/", companies.router)
# Before the applications, whose numbers stand in the same place as the word "resumes".
api.add_router("api/v1/applications/resumes/", resumes.router)
api.add_router("api/v1/applications/", applications.router)
api.add_router("api/v1/interviews/", interviews.router)
api.add_router("api/v1/analytics/", analytics.router)
api.add_router("api/v1/analytics/", health.router)
api.add_router("api/v1/ai/", ai.router)
api.add_router("api/v1/exports/", exports.router)
api.add_router("api/v1/notifications/", notifications.router)
api.add_router("api/v1/webhooks/", webhooks.router)


@api.get("api/schema/", auth=None, include_in_schema=False)
def schema(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document, with its paths as they were asked for, and examples."""
    return JsonResponse(with_examples(api.document(request.api_prefix), errors.EXAMPLES))  # type: ignore[attr-defined]


@api.get("api/docs/", auth=None, include_in_schema=False)
def swagger_page(request: HttpRequest) -> HttpResponse:
    """Show the document in Swagger UI."""
    return swagger(request, title=api.title, schema_url=_schema_url(request))


@api.get("api/redoc/", auth=None, include_in_schema=False)
def redoc_page(request: HttpRequest) -> HttpResponse:
    """Show the document in ReDoc."""
    return redoc(request, title=api.title, schema_url=_schema_url(request))


def _schema_url(request: HttpRequest) -> str:
    return f"{request.api_prefix}/api/schema/"  # type: ignore[attr-defined]
