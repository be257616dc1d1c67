"""The words of the feed."""

from django.db.models import TextChoices


class Order(TextChoices):
    """What comes first."""

    RELEVANCE = "relevance", "What fits the words best"
    NEWEST = "newest", "What was posted last"


class Seniority(TextChoices):
    """How far somebody must be in their work."""

    INTERN = "intern", "Intern"
    JUNIOR = "junior", "Junior"
    MID = "mid", "Mid-level"
    SENIOR = "senior", "Senior"
    LEAD = "lead", "Lead"


class Often(TextChoices):
    """How often somebody is told of what a saved search finds."""

    DAILY = "daily", "Every morning"
    WEEKLY = "weekly", "On Mondays"
    NEVER = "never", "Never"


# Where a posting was found: the kinds of sources, and the sites that jobspy searches. A place in this row is kept in
# numbers, so that one that is new comes last. What people enter here is the first.
SOURCES = (
    *("manual", "greenhouse", "lever", "ashby", "workable", "smartrecruiters", "recruitee", "remotive", "arbeitnow"),
    *("remoteok", "themuse", "landingjobs", "hackernews", "adzuna", "simplify", "jsonld", "csv", "jobspy"),
    *("indeed", "linkedin", "glassdoor", "google", "zip_recruiter"),
)
