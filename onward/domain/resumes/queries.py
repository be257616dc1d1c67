"""Reading résumés."""

from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import QuerySet, Sum

from onward.domain.resumes.models import Resume
from onward.platform.record import missing, owned
from onward.platform.refusals import Missing
from onward.platform.wire import OWNER


def versions() -> QuerySet[Resume]:
    """Return one person's versions; the statement takes ``owner_id``."""
    return Resume.objects.filter(owner_id=OWNER)


def resumes(*, owner_id: int) -> QuerySet[Resume]:
    """Return a person's versions: the default first, then the latest."""
    return Resume.objects.filter(owner_id=owner_id).order_by("-is_default", "-created_at", "-id")


def resume(*, owner_id: int, resume_id: int) -> Resume:
    """Return one of a person's versions.

    :raises Missing: when it is not there, or somebody else's
    """
    found = Resume.objects.filter(owner_id=owner_id, pk=resume_id).first()
    if found is None:
        raise Missing()
    return found


def version(*, owner_id: int, uid: UUID) -> Resume:
    """Return one of a person's versions.

    :raises Forbidden: when it is another's
    :raises Missing: when there is none of that uid
    """
    return owned(Resume.objects.all(), owner_id=owner_id, uid=uid, called="resume")


def with_file(**which: int | UUID) -> Resume | None:
    """Return a version whoever owns it, by ``pk`` or ``uid``: only for a link that is checked against its file."""
    return Resume.objects.filter(**which).exclude(file_key="").first()


def preferred(*, owner_id: int) -> int | None:
    """Return the version with a file here that somebody would send: the default, else the latest; None without any."""
    rows = Resume.objects.filter(owner_id=owner_id).exclude(file_key="")
    return rows.order_by("-is_default", "-created_at", "-pk").values_list("pk", flat=True).first()


def is_owned(*, owner_id: int, resume_id: int) -> bool:
    """Return whether a version is there and this person's."""
    return Resume.objects.filter(owner_id=owner_id, pk=resume_id).exists()


def named(*, owner_id: int, uid: UUID) -> int:
    """Return the id of one of a person's versions, for what refers to it.

    :raises Missing: when it is not there, or somebody else's
    """
    found = Resume.objects.filter(owner_id=owner_id, uid=uid).values_list("pk", flat=True).first()
    if found is None:
        raise missing("resume version")
    return found


def bytes_kept(*, owner_id: int) -> int:
    """Return how many bytes somebody's files take up here: of résumés, and of documents sent with applications."""
    person = get_user_model().objects.filter(pk=owner_id)
    # Two statements: joined with each other, each row of one would be counted for each of the other.
    return sum(
        person.aggregate(total=Sum(path))["total"] or 0
        for path in ("resumes__file_size", "applications__documents__file_size")
    )
