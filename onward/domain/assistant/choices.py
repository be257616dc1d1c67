"""The words of the assistant."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What it writes."""

    COVER_LETTER = "cover_letter", "Cover Letter"
    JOB_MATCH = "job_match", "Job Match"
    INTERVIEW_QUESTIONS = "interview_questions", "Interview Questions"
    RESUME_TAILORING = "resume_tailoring", "Résumé Tailoring"
    EMAIL_TEMPLATE = "email_template", "Email"


class Tone(TextChoices):
    """How a text sounds."""

    PROFESSIONAL = "professional", "Professional"
    ENTHUSIASTIC = "enthusiastic", "Enthusiastic"
    FORMAL = "formal", "Formal"
    CONVERSATIONAL = "conversational", "Conversational"
    CONFIDENT = "confident", "Confident"
    CREATIVE = "creative", "Creative"


class Template(TextChoices):
    """What an email is for."""

    FOLLOW_UP = "follow_up", "Follow-up"
    THANK_YOU = "thank_you", "Thank you"
    INQUIRY = "inquiry", "Inquiry"


class TaskStatus(TextChoices):
    """How far it is."""

    PENDING = "pending", "Pending"
    PROCESSING = "processing", "Processing"
    COMPLETED = "completed", "Completed"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


OPEN = (TaskStatus.PENDING, TaskStatus.PROCESSING)
