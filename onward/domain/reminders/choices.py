"""The words of a reminder."""

from django.db.models import TextChoices


class ReminderType(TextChoices):
    """What a reminder is about."""

    FOLLOW_UP = "follow_up", "Follow-up"
    DEADLINE = "deadline", "Deadline"
    INTERVIEW = "interview", "Interview"
    GENERAL = "general", "General"
