"""What happens to interviews."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class InterviewEvent(Event):
    """Something about one interview; it carries the names that those who react need.

    :ivar title: what to call the interview
    """

    interview_id: int
    application_id: int
    company_name: str
    job_title: str
    interview_type: str
    round_number: int
    scheduled_at: datetime
    title: str


@dataclass(frozen=True, kw_only=True)
class InterviewScheduled(InterviewEvent):
    """An interview came into somebody's record."""

    name: ClassVar[str] = "interview.created"


@dataclass(frozen=True, kw_only=True)
class InterviewUpdated(InterviewEvent):
    """What is known of an interview changed. :ivar changed: the fields"""

    name: ClassVar[str] = "interview.updated"
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class InterviewCompleted(InterviewEvent):
    """An interview has taken place. :ivar outcome: how it ended, as far as that is known"""

    name: ClassVar[str] = "interview.completed"
    outcome: str


@dataclass(frozen=True, kw_only=True)
class InterviewCancelled(InterviewEvent):
    """An interview will not take place."""

    name: ClassVar[str] = "interview.cancelled"


@dataclass(frozen=True, kw_only=True)
class InterviewDeleted(InterviewEvent):
    """An interview left the record."""

    name: ClassVar[str] = "interview.deleted"
