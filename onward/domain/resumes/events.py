"""What happens to résumés."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class ResumeAdded(Event):
    """A version was uploaded."""

    name: ClassVar[str] = "resume.added"
    resume_id: int
    version_name: str


@dataclass(frozen=True, kw_only=True)
class DefaultResumeChanged(Event):
    """Another version is the default now: by choice, or because the one before it was deleted."""

    name: ClassVar[str] = "resume.default_changed"
    resume_id: int
    version_name: str


@dataclass(frozen=True, kw_only=True)
class ResumeDeleted(Event):
    """A version and its file are gone."""

    name: ClassVar[str] = "resume.deleted"
    resume_id: int
    version_name: str
