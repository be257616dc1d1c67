"""What happens to sessions that others may want to know."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class RefreshReused(Event):
    """A refresh token came back after it had been replaced: somebody holds a copy. The session was ended."""

    name: ClassVar[str] = "session.refresh_reused"
    session_id: UUID
    api: str
