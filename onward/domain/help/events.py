"""What happens to feedback."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class FeedbackGiven(Event):
    """Somebody has told the operators something."""

    name: ClassVar[str] = "feedback.given"

    feedback_id: int
    type: str


@dataclass(frozen=True, kw_only=True)
class FeedbackAnswered(Event):
    """Staff have answered it, or have put their answer in other words."""

    name: ClassVar[str] = "feedback.answered"

    feedback_id: int
    title: str
    answer: str
    by_id: int
