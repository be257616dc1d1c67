"""The words of webhooks."""

from django.db.models import TextChoices


class WebhookEvent(TextChoices):
    """What a program can be told of. The label is its description."""

    APPLICATION_CREATED = "application.created", "Application Created"
    APPLICATION_UPDATED = "application.updated", "Application Updated"
    APPLICATION_DELETED = "application.deleted", "Application Deleted"
    STATUS_CHANGED = "application.status_changed", "Application Status Changed"
    INTERVIEW_CREATED = "interview.created", "Interview Created"
    INTERVIEW_UPDATED = "interview.updated", "Interview Updated"
    INTERVIEW_COMPLETED = "interview.completed", "Interview Completed"
    INTERVIEW_CANCELLED = "interview.cancelled", "Interview Cancelled"
    COMPANY_CREATED = "company.created", "Company Created"


class DeliveryStatus(TextChoices):
    """How far a delivery has come."""

    PENDING = "pending", "Pending"
    SUCCESS = "success", "Success"
    FAILED = "failed", "Failed"
    RETRYING = "retrying", "Retrying"


# Still to be sent.
OPEN = (DeliveryStatus.PENDING, DeliveryStatus.RETRYING)


class PauseReason(TextChoices):
    """Why an endpoint was switched off by us."""

    FAILURES = "failures", "Too many deliveries in a row have failed"
    GONE = "gone", "The receiver answered that it is gone for good"
