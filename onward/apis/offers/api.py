"""The offers API: an offer journal with a social side (`docs/apis/offers.md`)."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from onward.apis.base import Api
from onward.apis.offers.errors import EXAMPLES, Errors
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
Errors().register(api)
api.serve_document(EXAMPLES)

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
