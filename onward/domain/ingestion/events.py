"""What happens when postings are read."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from onward.domain.board.choices import PostingState
from onward.domain.ingestion.choices import RunState
from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class RunStarted(Event):
    """Somebody, or the schedule, asked for sources to be read."""

    name: ClassVar[str] = "ingestion.run_started"

    run_id: int
    run: UUID
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PostingsRead(Event):
    """A batch of postings was read in a run, and is in the record.

    :param new_ids: of postings that were not known
    :param seen_ids: of those that were known already; kept as a number only, because the next reading tells it again
    :param reposted_ids: of those that had been closed and came again under another id; they are among the seen ones
    :param makes_leads: whether the run was asked for by the desk, or for others only
    :param internship_types: of the run, as are the places and the least score: what of the batch becomes a lead
    """

    name: ClassVar[str] = "ingestion.postings_read"

    run_id: int
    reading_id: int
    source_id: int
    new_ids: tuple[int, ...]
    seen_ids: tuple[int, ...]
    reposted_ids: tuple[int, ...]
    makes_leads: bool
    internship_types: tuple[str, ...]
    locations: tuple[str, ...]
    threshold: int

    def payload(self) -> dict[str, Any]:
        return super().payload() | {"seen_ids": len(self.seen_ids)}


@dataclass(frozen=True, kw_only=True)
class StatesChanged(Event):
    """Sources, or the calendar, say otherwise whether openings can be applied for.

    :param posting_ids: of openings that were in one state, ``before``, and are in another now
    :param reason: why, where it is not plain
    """

    name: ClassVar[str] = "ingestion.states_changed"

    posting_ids: tuple[int, ...]
    before: PostingState
    after: PostingState
    reason: str


@dataclass(frozen=True, kw_only=True)
class RunEnded(Event):
    """A run has come to its end: every source was read, or failed, or the run was cancelled."""

    name: ClassVar[str] = "ingestion.run_ended"

    run_id: int
    run: UUID
    state: RunState
    found: int
    saved: int
    leads: int


@dataclass(frozen=True, kw_only=True)
class SourceSwitched(Event):
    """A source was enabled or disabled."""

    name: ClassVar[str] = "ingestion.source_switched"

    source_id: int
    source: str
    is_enabled: bool
