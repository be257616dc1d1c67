"""Reading postings from the sources that the server knows."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from onward.platform.wire import Body, Text, Wire


class LastRun(Wire):
    """What came of reading a source. Errors are postings that could not be used, and one more where it failed."""

    found: int
    saved: int
    duplicates: int
    errors: int
    finished_at: datetime | None


class SourceStatus(Wire):
    """A source, and when it was last read."""

    name: str
    kind: str
    is_enabled: Annotated[bool, Field(description="Whether a run may ask it.")]
    last_run: LastRun | None


class StatusOut(Wire):
    """Whether sources are being read. :ivar queue_depth: how many of them still wait"""

    running: bool
    queue_depth: int
    sources: list[SourceStatus]


class RunIn(Body):
    """Which sources to read, by name; all that are enabled where none is named."""

    sources: Annotated[list[Annotated[str, Text(100, shortest=1)]], Field(max_length=1000)] | None = None


class RunOut(Wire):
    """A run that has been asked for."""

    task_id: UUID
