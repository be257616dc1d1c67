"""The words of the timeline."""

from django.db.models import TextChoices


class Action(TextChoices):
    """What somebody did. The label is what a timeline shows."""

    APPLICATION_CREATED = "application_created", "Application Created"
    APPLICATION_UPDATED = "application_updated", "Application Updated"
    STATUS_CHANGED = "status_changed", "Status Changed"
    APPLICATION_DELETED = "application_deleted", "Application Deleted"
    NOTE_ADDED = "note_added", "Note Added"
    # Whatever has become of it since, there was one.
    OUTCOME_RECORDED = "outcome_recorded", "Offer Added"
    REFLECTION_WRITTEN = "reflection_written", "Reflection Added"
    DOCUMENT_ADDED = "document_added", "Document Added"
    # An interview is a stage in the words of the offers API.
    INTERVIEW_SCHEDULED = "interview_scheduled", "Stage Added"
    INTERVIEW_UPDATED = "interview_updated", "Stage Updated"
    INTERVIEW_COMPLETED = "interview_completed", "Stage Completed"
    INTERVIEW_CANCELLED = "interview_cancelled", "Stage Cancelled"
    RESUME_ADDED = "resume_added", "Resume Added"
    GENERATED = "generated", "Assistant Used"
    COMPANY_CREATED = "company_created", "Company Added"
    CONTACT_ADDED = "contact_added", "Contact Added"
    REMINDER_CREATED = "reminder_created", "Reminder Created"
    REMINDER_COMPLETED = "reminder_completed", "Reminder Completed"
    TAG_ASSIGNED = "tag_assigned", "Tag Assigned"
    # A wish is an application to be, in the words of the offers API.
    JOB_SAVED = "job_saved", "Application Created"
