"""The words of a posting; an application has some of them, too."""

from django.db.models import TextChoices


class WorkType(TextChoices):
    """Where the work is done."""

    REMOTE = "remote", "Remote"
    HYBRID = "hybrid", "Hybrid"
    ONSITE = "onsite", "On-site"


class JobType(TextChoices):
    """How much work it is, and on what terms."""

    FULL_TIME = "full_time", "Full-time"
    PART_TIME = "part_time", "Part-time"
    CONTRACT = "contract", "Contract"
    INTERNSHIP = "internship", "Internship"
    FREELANCE = "freelance", "Freelance"


class InternshipType(TextChoices):
    """What kind of internship it is."""

    INTERNSHIP = "internship", "Internship"
    SUMMER = "summer", "Summer internship"
    PART_TIME = "part_time", "Part-time internship"
    WORKING_STUDENT = "working_student", "Working student"
    CO_OP = "co_op", "Co-op"
    PLACEMENT_YEAR = "placement_year", "Placement year"
    THESIS = "thesis", "Thesis"
    TRAINEE = "trainee", "Trainee"
    APPRENTICESHIP = "apprenticeship", "Apprenticeship"


class Period(TextChoices):
    """What pay is reckoned by."""

    HOUR = "hour", "An hour"
    DAY = "day", "A day"
    WEEK = "week", "A week"
    MONTH = "month", "A month"
    YEAR = "year", "A year"


class PostingState(TextChoices):
    """Whether an opening can still be applied for, as far as anybody knows."""

    LIVE = "live", "Live"
    UNCERTAIN = "uncertain", "Uncertain"
    CLOSED = "closed", "Closed"
