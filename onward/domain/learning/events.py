"""What happens in courses. The owner is who did it, or to whom it happens; words stand in the rows alone."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class Enrolled(Event):
    """Somebody takes part in a course from now on. :ivar by_id: who has enrolled them"""

    name: ClassVar[str] = "learning.enrolled"
    course_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class CourseLeft(Event):
    """Somebody takes part in a course no more. :ivar by_id: who has removed them; themselves, where they left"""

    name: ClassVar[str] = "learning.left"
    course_id: int
    by_id: int


@dataclass(frozen=True, kw_only=True)
class CourseCompleted(Event):
    """Somebody has completed a course, and has a certificate of it."""

    name: ClassVar[str] = "learning.completed"
    course_id: int
    certificate_id: int


@dataclass(frozen=True, kw_only=True)
class QuizChanged(Event):
    """A quiz, or one of its questions, was made, changed or deleted."""

    name: ClassVar[str] = "learning.quiz_changed"
    quiz_id: int


@dataclass(frozen=True, kw_only=True)
class AttemptStarted(Event):
    """Somebody has begun an attempt at a quiz."""

    name: ClassVar[str] = "learning.attempt_started"
    attempt_id: int
    quiz_id: int


@dataclass(frozen=True, kw_only=True)
class AttemptSubmitted(Event):
    """Somebody has handed in an attempt at a quiz, or its time was up."""

    name: ClassVar[str] = "learning.attempt_submitted"
    attempt_id: int
    quiz_id: int
