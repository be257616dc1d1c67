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
    CONTACT = "contact", "Contact"
    SUMMARY = "summary", "Summary"


class UploadStatus(TextChoices):
    """How far an upload has been read."""

    PENDING = "pending", "Pending"
    PROCESSING = "processing", "Processing"
    COMPLETED = "completed", "Completed"
    FAILED = "failed", "Failed"


class Section(TextChoices):
    """What is suggested for a profile."""

    SKILLS = "skills", "Skills"
    EXPERIENCE_LEVEL = "experience_level", "Experience level"


class Origin(TextChoices):
    """Who said it first."""

    READER = "reader", "Reader"
    PROVIDER = "provider", "Provider"
    PERSON = "person", "Person"
