"""The outreach desk's API: a placement team's leads, from found to published (`docs/apis/outreach.md`)."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from onward.apis.base import Api
from onward.apis.docs.examples import with_examples
from onward.apis.docs.pages import swagger
from onward.apis.outreach.errors import EXAMPLES, Errors
from onward.apis.outreach.routers import (
    analytics,
    auth,
    bulk,
    companies,
    fetching,
    followups,
    internships,
    notifications,
    users,
    writing,
)

api = Api(
    name="outreach",
    title="Onward: the outreach desk's API",
    description=(
        "A placement team's day: internships that are found, companies that are won, and what is published of them. "
        "Every path works with and without its last slash."
    ),
)
Errors().register(api)

api.add_router("auth/", auth.router)
api.add_router("users", users.router)
api.add_router("companies", companies.router)
api.add_router("internships", internships.router)
api.add_router("internships/bulk", bulk.router)
api.add_router("fetch", fetching.router)
api.add_router("followups", followups.router)
api.add_router("notifications", notifications.router)
api.add_router("analytics", analytics.router)
api.add_router("ai/outreach", writing.router)
api.add_router("internships/bulk", writing.bulk)


@api.get("openapi.json", auth=None, include_in_schema=False)
def schema(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document, with its paths as they were asked for, and examples."""
    return JsonResponse(with_examples(api.document(request.api_prefix), EXAMPLES))  # type: ignore[attr-defined]


@api.get("docs", auth=None, include_in_schema=False)
def page(request: HttpRequest) -> HttpResponse:
    """Show the document in Swagger UI, where it can be tried."""
    return swagger(request, title=api.title, schema_url=f"{request.api_prefix}/openapi.json")  # type: ignore[attr-defined]
