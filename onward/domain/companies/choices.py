"""The words of a company."""

from django.db.models import TextChoices


class Size(TextChoices):
    """How many people work there."""

    STARTUP = "startup", "Startup (1-50)"
    SMALL = "small", "Small (51-200)"
    MEDIUM = "medium", "Medium (201-1000)"
    LARGE = "large", "Large (1001-5000)"
    ENTERPRISE = "enterprise", "Enterprise (5000+)"


class Origin(TextChoices):
    """Where a value of an employer comes from."""

    PERSON = "person", "A person"
    PAGE = "page", "Its own page"
    SOURCE = "source", "A posting's source"
    GUESS = "guess", "A guess"


# What comes from further back in this order replaces nothing that comes from further in front.
TRUST = (Origin.PERSON, Origin.PAGE, Origin.SOURCE, Origin.GUESS)
