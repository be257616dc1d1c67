"""What happens at the assistant's desk."""

from dataclasses import dataclass
from typing import ClassVar

from onward.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class Generated(Event):
    """Something was written and is kept. :ivar application_id: what it was written for, if for an application"""

    name: ClassVar[str] = "assistant.generated"
    generation_id: int
    kind: str
    application_id: int | None
    company_name: str
    job_title: str
