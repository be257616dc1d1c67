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


class DeskNoticeType(TextChoices):
    """What a notice of the outreach desk is about."""

    LEAD_ASSIGNED = "lead_assigned", "Leads assigned"
    FOLLOWUP_DUE = "followup_due", "Follow-up due"
    RUN_ENDED = "run_ended", "Run ended"
    BULK_ENDED = "bulk_ended", "Bulk operation ended"


class CareerNoticeType(TextChoices):
    """What a notice about somebody's own career is about; each can be switched off."""

    JOB_STATUS_CHANGE = "job_status_change", "A saved job's posting has changed"
    APPLICATION_UPDATE = "application_update", "An application has moved"
    INTERVIEW_REMINDER = "interview_reminder", "An interview is near"
    NEW_JOB_MATCH = "new_job_match", "A new job matches"
    APPLICATION_DEADLINE = "application_deadline", "A deadline is near"
    SKILL_GAP_REPORT = "skill_gap_report", "What postings ask for"
    SYSTEM_ANNOUNCEMENT = "system_announcement", "From the server's admins"
    MORNING_BRIEFING = "morning_briefing", "The day ahead"
    EVENING_UPDATE = "evening_update", "What the day has brought"
    MENTION = "mention", "Somebody has named one"
    REPLY = "reply", "Somebody has answered one"


NOTICE_TYPES = [*DeskNoticeType.choices, *CareerNoticeType.choices]


class Digest(TextChoices):
    """How often somebody wants to be told where they stand."""

    DAILY = "daily", "Every morning and evening"
    WEEKLY = "weekly", "On Mondays"
    NEVER = "never", "Never"


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
