"""The words of a company."""

from django.db.models import TextChoices


class Size(TextChoices):
    """How many people work there."""

    STARTUP = "startup", "Startup (1-50)"
    SMALL = "small", "Small (51-200)"
    MEDIUM = "medium", "Medium (201-1000)"
    LARGE = "large", "Large (1001-5000)"
    ENTERPRISE = "enterprise", "Enterprise (5000+)"
