"""What happens to imports."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class ImportEnded(Event):
    """An import was carried out, or could not be. :ivar state: what came of it"""

    name: ClassVar[str] = "import.ended"
    import_id: int
    state: str
