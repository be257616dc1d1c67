"""The outreach desk's API: a placement team's leads, from found to published (`docs/apis/outreach.md`)."""

from onward.apis.base import Api
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
api.serve_document(EXAMPLES)

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
