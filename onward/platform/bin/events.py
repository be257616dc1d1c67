"""What happens to the bin."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class Restored(Event):
    """Something came back from the bin. :ivar kind: the model, such as applications.application"""

    name: ClassVar[str] = "bin.restored"
    kind: str
    row_id: int
    title: str
