"""The words of the outreach desk."""

from django.db.models import TextChoices


class LeadStatus(TextChoices):
    """How far the desk has come with a lead. Any may follow any."""

    NEW = "new", "New"
    RESEARCHING = "researching", "Researching"
    CONTACTED = "contacted", "Contacted"
    REPLIED = "replied", "Replied"
    MEETING = "meeting", "Meeting"
    CONVERTED = "converted", "Converted"
    DECLINED = "declined", "Declined"
    DORMANT = "dormant", "Dormant"


# These are nobody's work any more.
ENDED = (LeadStatus.CONVERTED, LeadStatus.DECLINED, LeadStatus.DORMANT)
# Whose company has heard of the desk.
REACHED = (LeadStatus.CONTACTED, LeadStatus.REPLIED, LeadStatus.MEETING, LeadStatus.CONVERTED)


class MessageType(TextChoices):
    """What kind of text it is, and so how long."""

    EMAIL = "email", "Email"
    LINKEDIN = "linkedin", "LinkedIn message"
    FOLLOWUP = "followup", "Follow-up"


class Tone(TextChoices):
    """How a message sounds."""

    PROFESSIONAL = "professional", "Professional"
    FORMAL = "formal", "Formal"
    FRIENDLY = "friendly", "Friendly"
    ENTHUSIASTIC = "enthusiastic", "Enthusiastic"
    CONVERSATIONAL = "conversational", "Conversational"


class BulkEnd(TextChoices):
    """How what was asked for about many leads has ended."""

    COMPLETED = "completed", "Completed"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Failed"


class LeadAction(TextChoices):
    """What happened to a lead or an employer. The label is what a timeline shows."""

    FOUND = "found", "Found"
    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    STATUS_CHANGED = "status_changed", "Status changed"
    ASSIGNED = "assigned", "Assigned"
    REMARK_ADDED = "remark_added", "Remark"
    FOLLOWUP_ADDED = "followup_added", "Follow-up planned"
    FOLLOWUP_CHANGED = "followup_changed", "Follow-up changed"
    FOLLOWUP_COMPLETED = "followup_completed", "Follow-up done"
    MESSAGE_SAVED = "message_saved", "Message saved"
    MESSAGE_SENT = "message_sent", "Message sent"
    PUBLISHED = "published", "Published"
    STATE_CHANGED = "state_changed", "Posting"
    REPOSTED = "reposted", "Posted again"
    COMPANY_CHANGED = "company_changed", "Company changed"
