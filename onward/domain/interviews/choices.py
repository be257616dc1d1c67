"""The words of an interview."""

from django.db.models import TextChoices


class InterviewType(TextChoices):
    """What kind of conversation it is."""

    RECRUITER = "recruiter", "Recruiter Call"
    PHONE = "phone", "Phone Screen"
    TECHNICAL = "technical", "Technical"
    BEHAVIORAL = "behavioral", "Behavioral"
    CODING = "coding", "Coding Challenge"
    TAKE_HOME = "take_home", "Take-Home"
    SYSTEM_DESIGN = "system_design", "System Design"
    PANEL = "panel", "Panel"
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
