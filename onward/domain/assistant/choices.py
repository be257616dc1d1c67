"""The words of the assistant."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What it writes."""

    COVER_LETTER = "cover_letter", "Cover Letter"
    JOB_MATCH = "job_match", "Job Match"
    INTERVIEW_QUESTIONS = "interview_questions", "Interview Questions"


class Tone(TextChoices):
    """How a letter sounds."""

    PROFESSIONAL = "professional", "Professional"
    ENTHUSIASTIC = "enthusiastic", "Enthusiastic"
    FORMAL = "formal", "Formal"
    CONVERSATIONAL = "conversational", "Conversational"


class TaskStatus(TextChoices):
    """How far it is."""

    PENDING = "pending", "Pending"
    PROCESSING = "processing", "Processing"
    COMPLETED = "completed", "Completed"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


OPEN = (TaskStatus.PENDING, TaskStatus.PROCESSING)
