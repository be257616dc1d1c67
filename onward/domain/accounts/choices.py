"""The words of an account."""

from django.db.models import TextChoices


class WorkType(TextChoices):
    """How somebody would like to work."""

    REMOTE = "remote", "Remote"
    HYBRID = "hybrid", "Hybrid"
    ONSITE = "onsite", "On-site"
    ANY = "any", "Any"


class LinkPurpose(TextChoices):
    """What a link in a mail is good for."""

    VERIFY_EMAIL = "verify_email", "Verify email"
    RESET_PASSWORD = "reset_password", "Reset password"
