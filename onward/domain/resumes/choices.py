"""The words of a résumé."""

from enum import Enum

from django.db.models import TextChoices


class Standing(Enum):
    """What a new version is to its owner: the one that is meant when nothing is said, or one beside it."""

    DEFAULT = "default"
    BESIDE = "beside"


class FactKind(TextChoices):
    """What a fact is about."""

    POSITION = "position", "Position"
    STUDY = "study", "Study"
    SKILL = "skill", "Skill"
    LANGUAGE = "language", "Language"
    CREDENTIAL = "credential", "Credential"
    ACHIEVEMENT = "achievement", "Achievement"


class Origin(TextChoices):
    """Who said it first."""

    READER = "reader", "Reader"
    PROVIDER = "provider", "Provider"
    PERSON = "person", "Person"
