"""Reading uploads."""

from onward.domain.resumes.models import ResumeText, Upload
from onward.platform.record import missing


def upload(*, owner_id: int, resume_id: int) -> Upload:
    """Return one of a person's uploads, with its version and their account.

    :raises Missing: when there is none of that number, or it is another's
    """
    uploads = Upload.objects.select_related("resume", "resume__owner")
    found = uploads.filter(resume__owner_id=owner_id, pk=resume_id).first()
    if found is None:
        raise missing("resume")
    return found


def warnings(*, resume_id: int) -> list[str]:
    """Return what a person should know of the text of a version that was read."""
    kept = ResumeText.objects.filter(resume_id=resume_id).values_list("warnings", flat=True).first()
    return list(kept or [])
