"""The words of notifications."""

from django.db.models import TextChoices


class NotificationType(TextChoices):
    """What a mail is about."""

    INTERVIEW_REMINDER = "interview_reminder", "Interview Reminder"
    APPLICATION_STATUS = "application_status", "Application Status Change"
    WEEKLY_SUMMARY = "weekly_summary", "Weekly Summary"
    CUSTOM = "custom", "Custom Notification"


class NotificationStatus(TextChoices):
    """What has become of it."""

    PENDING = "pending", "Pending"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    # Too late, or not wanted any more, when its time had come.
    SKIPPED = "skipped", "Skipped"


class NoticeType(TextChoices):
    """What a notice is about."""

    LEAD_ASSIGNED = "lead_assigned", "Leads assigned"
    FOLLOWUP_DUE = "followup_due", "Follow-up due"
    RUN_ENDED = "run_ended", "Run ended"
    BULK_ENDED = "bulk_ended", "Bulk operation ended"


class NoticePriority(TextChoices):
    """How soon a notice wants to be read."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


# The preference that switches each type off. What has none is always sent.
SWITCHES = {
    NotificationType.INTERVIEW_REMINDER: "interview_reminders",
    NotificationType.APPLICATION_STATUS: "application_updates",
    NotificationType.WEEKLY_SUMMARY: "weekly_summary",
}

# What is sent again where nobody knows whether it went out, because its worker was killed in the very moment: to miss
# one of these costs more than to get it twice. What just tells of something is not.
SENT_AGAIN = {NotificationType.INTERVIEW_REMINDER, NotificationType.CUSTOM}
