"""What happens when openings are compared."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class RankingEnded(Event):
    """Openings were compared for somebody, or could not be, or they did not want it any more."""

    name: ClassVar[str] = "matching.ranking_ended"

    ranking: UUID
    status: str
