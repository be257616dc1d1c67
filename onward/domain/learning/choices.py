"""The words of courses."""

from django.db.models import TextChoices


class CourseStatus(TextChoices):
    """Who finds a course: whoever teaches it, everybody, or who takes part already."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    ARCHIVED = "archived", "Archived"
