"""The words of an interview."""

from django.db.models import TextChoices


class InterviewType(TextChoices):
    """What kind of conversation it is."""

    PHONE = "phone", "Phone Screen"
    TECHNICAL = "technical", "Technical"
    BEHAVIORAL = "behavioral", "Behavioral"
    CODING = "coding", "Coding Challenge"
    SYSTEM_DESIGN = "system_design", "System Design"
    ONSITE = "onsite", "On-site"
    HR = "hr", "HR/Final"
    OTHER = "other", "Other"


class InterviewStatus(TextChoices):
    """Whether it has taken place."""

    SCHEDULED = "scheduled", "Scheduled"
    COMPLETED = "completed", "Completed"
    CANCELLED = "cancelled", "Cancelled"
    RESCHEDULED = "rescheduled", "Rescheduled"
    NO_SHOW = "no_show", "No Show"


class Outcome(TextChoices):
    """How it ended."""

    PENDING = "pending", "Pending"
    PASSED = "passed", "Passed"
    FAILED = "failed", "Failed"
