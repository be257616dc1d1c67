"""What résumés do when something happens elsewhere."""

from onward.domain.resumes import services
from onward.domain.resumes.models import Resume
from onward.platform.bin.events import Restored


def came_back(event: Restored) -> None:
    """See to a version that has come back from the bin."""
    if event.kind == Resume._meta.label_lower and event.owner_id is not None:
        services.came_back(owner_id=event.owner_id, resume_id=event.row_id, at=event.at)
