"""What happens to résumés."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class ResumeAdded(Event):
    """There is another version, with a file or without."""

    name: ClassVar[str] = "resume.added"
    resume_id: int
    version_name: str


@dataclass(frozen=True, kw_only=True)
class ResumeUpdated(Event):
    """A version is called otherwise, or something else is known of it. :ivar changed: which fields"""

    name: ClassVar[str] = "resume.updated"
    resume_id: int
    version_name: str
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class ResumeFileReplaced(Event):
    """The file of a version is another one now, or there is none any more."""

    name: ClassVar[str] = "resume.file_replaced"
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


@dataclass(frozen=True, kw_only=True)
class ResumeRead(Event):
    """The reading of an upload has ended. :ivar status: completed or failed"""

    name: ClassVar[str] = "resume.read"
    resume_id: int
    status: str
