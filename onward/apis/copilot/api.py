"""The copilot API: jobs, applications and a board, with what is new told at once (`docs/apis/copilot.md`)."""

from onward.apis.base import Api
from onward.apis.copilot.errors import EXAMPLES, Errors
from onward.apis.copilot.routers import (
    applications,
    auth,
    content,
    exports,
    feed,
    feedback,
    health,
    help_articles,
    imports,
    job_ingestion,
    jobs,
    market,
    notifications,
    oauth,
    recommendations,
    resume,
    saved_searches,
    social,
    tasks,
)

api = Api(
    name="copilot",
    title="Onward: the copilot API",
    description=(
        "Jobs that somebody tracks, their applications on a board, imports and exports, and notifications. "
        "Every path works with and without its last slash."
    ),
)
Errors().register(api)
api.serve_document(EXAMPLES)

api.add_router("health", health.router)
api.add_router("api/v1/auth/", auth.router)
api.add_router("api/v1/jobs/feed", feed.router)
api.add_router("api/v1/jobs/saved-searches", saved_searches.router)
api.add_router("api/v1/market", market.router)
api.add_router("api/v1/linkedin-jobs", market.linkedin)
api.add_router("api/v1/jobs", recommendations.of_jobs)
api.add_router("api/v1/jobs", jobs.router)
api.add_router("api/v1/recommendations/", recommendations.router)
api.add_router("api/v1/enhanced-recommendations", tasks.enhanced)
api.add_router("api/v1/tasks", tasks.router)
api.add_router("api/v1/applications", applications.router)
api.add_router("api/v1/bulk_operations/applications", applications.bulk)
api.add_router("api/v1/content", content.router)
api.add_router("api/v1/import", imports.router)
api.add_router("api/v1/export", exports.router)
api.add_router("api/v1/auth/oauth/", oauth.router)
api.add_router("api/v1/job-ingestion/", job_ingestion.router)
api.add_router("api/v1/notifications", notifications.router)
api.add_router("api/v1/ws", notifications.line)
api.add_router("api/v1/feedback", feedback.router)
api.add_router("api/v1/help-articles", help_articles.router)
api.add_router("api/v1/resume/", resume.router)
api.add_router("api/v1/social/", social.router)
