"""The tracker: a job application tracker's API (`docs/apis/tracker.md`)."""

from onward.apis.base import Api
from onward.apis.tracker.errors import EXAMPLES, Errors
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
Errors().register(api)
api.serve_document(EXAMPLES)

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
