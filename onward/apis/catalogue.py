"""The five APIs as people are told of them: what each does, and where its documentation is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Api:
    """One documented API. Without documentation it is not served yet, and the page says so."""

    name: str
    audience: str
    does: str
    documentation: str = ""
    reference: str = ""
    schema: str = ""


APIS = (
    Api(
        "Tracker",
        "for job seekers",
        "Companies, applications from wishlist to offer, interviews, résumés, analytics that ask the history, exports.",
        documentation="/tracker/api/docs/",
        reference="/tracker/api/redoc/",
        schema="/tracker/api/schema/",
    ),
    Api(
        "Offers",
        "for a personal journal",
        "Saved jobs, stages, offers, reflections and reminders, and people who cheer each other on.",
        documentation="/offers/docs",
        schema="/offers/openapi.json",
    ),
    Api("Copilot", "for assistants", "Finds postings, fits résumés to them and drafts what to write."),
    Api("Campus", "for schools", "An internship board, applications, courses and conversations."),
    Api("Outreach", "for placement teams", "Leads, follow-ups and the way from a call to a posting."),
)
