"""What happens to applications."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class ApplicationEvent(Event):
    """Something about one application; it carries the names that those who react need."""

    application_id: int
    company_name: str
    job_title: str


@dataclass(frozen=True, kw_only=True)
class ApplicationCreated(ApplicationEvent):
    """An application came into somebody's record. :ivar saved_job_uid: of the job that it was made of, if it was"""

    name: ClassVar[str] = "application.created"
    status: str
    saved_job_uid: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ApplicationUpdated(ApplicationEvent):
    """What is known of an application changed, other than its status alone.

    :ivar changed: the fields
    :ivar moved: whether its status changed with them
    """

    name: ClassVar[str] = "application.updated"
    changed: list[str]
    moved: bool = False


@dataclass(frozen=True, kw_only=True)
class StatusChanged(ApplicationEvent):
    """An application moved from one status to another.

    :ivar automatic: whether it moved because something else happened, such as an interview
    """

    name: ClassVar[str] = "application.status_changed"
    before: str
    after: str
    automatic: bool = False


@dataclass(frozen=True, kw_only=True)
class HistoryMended(ApplicationEvent):
    """A move in an application's history was taken back, put back or dated anew. :ivar what: which of the three"""

    name: ClassVar[str] = "application.history_mended"
    move_id: int
    what: str


@dataclass(frozen=True, kw_only=True)
class ApplicationDeleted(ApplicationEvent):
    """An application left the record."""

    name: ClassVar[str] = "application.deleted"


@dataclass(frozen=True, kw_only=True)
class NoteAdded(ApplicationEvent):
    """Somebody wrote something down about an application."""

    name: ClassVar[str] = "application.note_added"
    note_id: int
    note_type: str


@dataclass(frozen=True, kw_only=True)
class TagEvent(Event):
    """Something about one of somebody's tags."""

    tag_id: int
    tag_name: str


@dataclass(frozen=True, kw_only=True)
class TagCreated(TagEvent):
    """Somebody made a tag."""

    name: ClassVar[str] = "tag.created"


@dataclass(frozen=True, kw_only=True)
class TagChanged(TagEvent):
    """A tag got another name or colour. :ivar changed: the fields"""

    name: ClassVar[str] = "tag.changed"
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class TagDeleted(TagEvent):
    """A tag left the record, and every application that it was on."""

    name: ClassVar[str] = "tag.deleted"


@dataclass(frozen=True, kw_only=True)
class TagAssigned(ApplicationEvent):
    """An application got a tag."""

    name: ClassVar[str] = "tag.assigned"
    tag_id: int
    tag_name: str


@dataclass(frozen=True, kw_only=True)
class TagRemoved(ApplicationEvent):
    """An application lost a tag."""

    name: ClassVar[str] = "tag.removed"
    tag_id: int
    tag_name: str


@dataclass(frozen=True, kw_only=True)
class SavedJobEvent(Event):
    """Something about one job that somebody has put aside. :ivar job_title: empty where it was left out"""

    saved_job_id: int
    saved_job_uid: UUID
    company_name: str
    job_title: str


@dataclass(frozen=True, kw_only=True)
class JobSaved(SavedJobEvent):
    """Somebody put a job aside."""

    name: ClassVar[str] = "saved_job.saved"


@dataclass(frozen=True, kw_only=True)
class SavedJobChanged(SavedJobEvent):
    """What is known of a saved job changed. :ivar changed: the fields"""

    name: ClassVar[str] = "saved_job.changed"
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class JobConverted(SavedJobEvent):
    """An application came of a saved job."""

    name: ClassVar[str] = "saved_job.converted"
    application_id: int


@dataclass(frozen=True, kw_only=True)
class SavedJobDeleted(SavedJobEvent):
    """A saved job left the record; what came of it stays."""

    name: ClassVar[str] = "saved_job.deleted"


@dataclass(frozen=True, kw_only=True)
class OutcomeRecorded(ApplicationEvent):
    """Somebody wrote down what came of an application.

    :ivar status: what has become of the offer; empty where nobody has said
    """

    name: ClassVar[str] = "application.outcome_recorded"
    outcome_id: int
    status: str


@dataclass(frozen=True, kw_only=True)
class OutcomeChanged(ApplicationEvent):
    """Something else has become of an offer than was written down before."""

    name: ClassVar[str] = "application.outcome_changed"
    outcome_id: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class ReflectionWritten(ApplicationEvent):
    """Somebody wrote down what they learned from an application."""

    name: ClassVar[str] = "application.reflection_written"
    reflection_id: int


@dataclass(frozen=True, kw_only=True)
class DocumentAdded(ApplicationEvent):
    """A document was put to an application."""

    name: ClassVar[str] = "application.document_added"
    document_id: int
    document_name: str
    document_type: str
