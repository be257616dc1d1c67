"""What happens at the outreach desk. Events carry ids and words of the record, never what somebody wrote."""

from dataclasses import dataclass
from typing import Any, ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class DeskEvent(Event):
    """Something about a lead or an employer.

    :ivar lead_id: none where it is about an employer alone
    :ivar employer_id: of the lead's posting; none where nobody knows it
    :ivar by_id: who did it; none where nobody did, but a run
    """

    lead_id: int | None
    employer_id: int | None
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class LeadFound(DeskEvent):
    """A run found a posting that became a lead."""

    name: ClassVar[str] = "lead.found"


@dataclass(frozen=True, kw_only=True)
class LeadReposted(DeskEvent):
    """The opening of a lead had been closed, and its source tells of it again."""

    name: ClassVar[str] = "lead.reposted"


@dataclass(frozen=True, kw_only=True)
class LeadClosed(DeskEvent):
    """The opening of a lead cannot be applied for any more. :ivar reason: why"""

    name: ClassVar[str] = "lead.posting_closed"
    before: str
    after: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LeadReopened(DeskEvent):
    """The opening of a lead had been closed, and can be applied for again."""

    name: ClassVar[str] = "lead.posting_reopened"
    before: str
    after: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LeadAdded(DeskEvent):
    """Somebody made a lead by hand."""

    name: ClassVar[str] = "lead.added"


@dataclass(frozen=True, kw_only=True)
class LeadChanged(DeskEvent):
    """What is known of a lead changed. :ivar fields: which"""

    name: ClassVar[str] = "lead.changed"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class LeadMoved(DeskEvent):
    """A lead moved from one status to another."""

    name: ClassVar[str] = "lead.status_changed"
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class LeadAssigned(DeskEvent):
    """A lead became somebody's, or nobody's."""

    name: ClassVar[str] = "lead.assigned"
    before: int | None
    after: int | None


@dataclass(frozen=True, kw_only=True)
class LeadRemoved(DeskEvent):
    """A lead was removed, with all that the desk had done about it."""

    name: ClassVar[str] = "lead.removed"
    posting_id: int


@dataclass(frozen=True, kw_only=True)
class LeadConverted(DeskEvent):
    """A lead's posting was published on this server's own board."""

    name: ClassVar[str] = "lead.converted"
    posting_id: int


@dataclass(frozen=True, kw_only=True)
class Remarked(DeskEvent):
    """Somebody left a remark on a lead."""

    name: ClassVar[str] = "lead.remark_added"
    remark_id: int


@dataclass(frozen=True, kw_only=True)
class FollowUpEvent(DeskEvent):
    """Something about a follow-up. :ivar due_date: as it is now, ``YYYY-MM-DD``"""

    followup_id: int
    due_date: str


@dataclass(frozen=True, kw_only=True)
class FollowUpPlanned(FollowUpEvent):
    """A follow-up was planned."""

    name: ClassVar[str] = "followup.planned"


@dataclass(frozen=True, kw_only=True)
class FollowUpChanged(FollowUpEvent):
    """A follow-up was changed. :ivar changes: by field, what it was and what it is; not its notes"""

    name: ClassVar[str] = "followup.changed"
    changes: dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class FollowUpCompleted(FollowUpEvent):
    """A follow-up was done."""

    name: ClassVar[str] = "followup.completed"


@dataclass(frozen=True, kw_only=True)
class MessageEvent(DeskEvent):
    """Something about a message to an employer."""

    message_id: int
    message_type: str
    version: int


@dataclass(frozen=True, kw_only=True)
class MessageSaved(MessageEvent):
    """A version of a message was kept."""

    name: ClassVar[str] = "message.saved"


@dataclass(frozen=True, kw_only=True)
class MessageSent(MessageEvent):
    """Somebody said that they sent a message."""

    name: ClassVar[str] = "message.sent"


@dataclass(frozen=True, kw_only=True)
class DraftsEnded(Event):
    """Drafts about many leads, which somebody asked for, have come to their end.

    :ivar batch: by which these drafts are known
    :ivar end: completed, cancelled or failed
    :ivar total: about how many leads they were asked for, and ``saved``: how many there are
    """

    name: ClassVar[str] = "drafts.ended"

    batch: int
    end: str
    total: int
    saved: int
