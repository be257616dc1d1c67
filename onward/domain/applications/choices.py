"""The words of an application: the union of what the five APIs say."""

from django.db.models import TextChoices

from onward.domain.board.choices import JobType as JobType
from onward.domain.board.choices import WorkType as WorkType


class Status(TextChoices):
    """Where an application stands."""

    WISHLIST = "wishlist", "Wishlist"
    APPLIED = "applied", "Applied"
    SCREENING = "screening", "Screening"
    INTERVIEWING = "interviewing", "Interviewing"
    OFFER = "offer", "Offer Received"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"
    GHOSTED = "ghosted", "Ghosted"


class Priority(TextChoices):
    """How much it matters to its owner."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class Source(TextChoices):
    """Where the job was found."""

    LINKEDIN = "linkedin", "LinkedIn"
    INDEED = "indeed", "Indeed"
    GLASSDOOR = "glassdoor", "Glassdoor"
    COMPANY_SITE = "company_site", "Company Website"
    REFERRAL = "referral", "Referral"
    JOB_BOARD = "job_board", "Job Board"
    RECRUITER = "recruiter", "Recruiter"
    NETWORKING = "networking", "Networking"
    JOB_FAIR = "job_fair", "Job Fair"
    OTHER = "other", "Other"


class NoteType(TextChoices):
    """What a note is about."""

    GENERAL = "general", "General"
    FOLLOW_UP = "follow_up", "Follow Up"
    FEEDBACK = "feedback", "Feedback"
    RESEARCH = "research", "Company Research"
    PREPARATION = "preparation", "Interview Prep"


class OutcomeStatus(TextChoices):
    """What has become of an offer."""

    OFFER = "offer", "Offer"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"


class DocumentType(TextChoices):
    """What a document is."""

    RESUME = "resume", "Resume"
    COVER_LETTER = "cover_letter", "Cover Letter"
    PORTFOLIO = "portfolio", "Portfolio"
    REFERENCE = "reference", "Reference"
    OTHER = "other", "Other"


class SavedJobStatus(TextChoices):
    """What has become of a job that was put aside."""

    ACTIVE = "active", "Active"
    ARCHIVED = "archived", "Archived"
    # An application came of it.
    CONVERTED = "converted", "Converted"


# A wish is not an application yet; these are, and have not ended.
ACTIVE = (Status.APPLIED, Status.SCREENING, Status.INTERVIEWING, Status.OFFER)
# Sent, and nobody has answered.
WAITING = (Status.APPLIED, Status.GHOSTED)
# A move to one of these means that the company has answered.
ANSWERED = (Status.SCREENING, Status.INTERVIEWING, Status.OFFER, Status.REJECTED)
# The stages of the funnel, in their order.
STAGES = (Status.APPLIED, Status.SCREENING, Status.INTERVIEWING, Status.OFFER, Status.ACCEPTED)
