"""The words of courses."""

from django.db.models import TextChoices


class CourseStatus(TextChoices):
    """Who finds a course: whoever teaches it, everybody, or who takes part already."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    ARCHIVED = "archived", "Archived"


class QuestionKind(TextChoices):
    """How a question is answered."""

    TEXT = "text", "Text"
    NUMBER = "number", "Number"
    SINGLE = "single", "Single choice"
    MULTIPLE = "multiple", "Multiple choice"


class Grading(TextChoices):
    """Which of somebody's attempts count."""

    HIGHEST = "highest", "The highest"
    LATEST = "latest", "The latest"
    AVERAGE = "average", "The average"
    FIRST = "first", "The first"


class Review(TextChoices):
    """What somebody sees of an attempt that they have handed in."""

    SCORE = "score", "The score"
    MARKS = "marks", "The points of each question"
    ANSWERS = "answers", "The right answers, when nobody can use them any more"
