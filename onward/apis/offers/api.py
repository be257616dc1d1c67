"""The offers API: an offer journal with a social side (`docs/apis/offers.md`)."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from onward.apis.base import Api
from onward.apis.docs.examples import with_examples
from onward.apis.docs.pages import swagger
from onward.apis.offers import errors
from onward.apis.offers.routers import (
    analytics,
    applications,
    auth,
    contacts,
    documents,
    follows,
    groups,
    outcomes,
    posts,
    progress,
    reflections,
    reminders,
    resumes,
    saved_jobs,
    stages,
    tags,
    uploads,
    users,
)

api = Api(
    name="offers",
    title="Onward: the offers API",
    description=(
        "Applications with their stages, offers and reflections, and people who cheer each other on. "
        "Every id is a UUID; every path works with and without its last slash."
    ),
)
errors.register(api)

api.add_router("api/v1/auth/", auth.router)
api.add_router("api/v1/users/", users.router)
api.add_router("api/v1/resumes/", resumes.router)
api.add_router("api/v1/upload/", uploads.router)
api.add_router("api/v1/applications/", applications.router)
api.add_router("api/v1/applications/", stages.router)
api.add_router("api/v1/applications/", outcomes.router)
api.add_router("api/v1/applications/", reflections.router)
api.add_router("api/v1/contacts/", contacts.router)
api.add_router("api/v1/documents/", documents.router)
api.add_router("api/v1/reminders/", reminders.router)
api.add_router("api/v1/tags/", tags.router)
api.add_router("api/v1/saved-jobs/", saved_jobs.router)
api.add_router("api/v1/analytics/", analytics.router)
api.add_router("api/v1/social/", follows.router)
api.add_router("api/v1/social/", groups.router)
api.add_router("api/v1/social/", posts.router)
api.add_router("api/v1/progress/", progress.router)


@api.get("", auth=None, summary="Welcome", tags=["Root"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Greet."""
    return JsonResponse({"message": "Welcome to OfferTracker API"})


@api.get("openapi.json", auth=None, include_in_schema=False)
def schema(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document, with its paths as they were asked for, and examples."""
    return JsonResponse(with_examples(api.document(request.api_prefix), errors.EXAMPLES))  # type: ignore[attr-defined]


@api.get("docs", auth=None, include_in_schema=False)
def page(request: HttpRequest) -> HttpResponse:
    """Show the document in Swagger UI, where it can be tried."""
    return swagger(request, title=api.title, schema_url=f"{request.api_prefix}/openapi.json")  # type: ignore[attr-defined]
