"""Reading résumés."""

from django.db.models import QuerySet

from onward.domain.resumes.models import Resume
from onward.platform.refusals import Missing


def resumes(*, owner_id: int) -> QuerySet[Resume]:
    """Give a person's versions: the default first, then the latest."""
    return Resume.objects.filter(owner_id=owner_id).order_by("-is_default", "-created_at", "-id")


def resume(*, owner_id: int, resume_id: int) -> Resume:
    """Give one of a person's versions.

    :raises Missing: when it is not there, or somebody else's
    """
    found = Resume.objects.filter(owner_id=owner_id, pk=resume_id).first()
    if found is None:
        raise Missing()
    return found


def with_file(*, resume_id: int) -> Resume | None:
    """Give a version whoever owns it: only for a link whose signature is checked against its file."""
    return Resume.objects.filter(pk=resume_id).exclude(file_key="").first()


def is_owned(*, owner_id: int, resume_id: int) -> bool:
    """Say whether a version is there and this person's."""
    return Resume.objects.filter(owner_id=owner_id, pk=resume_id).exists()
