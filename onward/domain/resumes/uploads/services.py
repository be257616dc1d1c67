"""Receiving résumés to be read, and following how far that is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.db import transaction

from onward.domain.accounts.models import User
from onward.domain.accounts.services import profiles
from onward.domain.resumes import services as resumes
from onward.domain.resumes.choices import FactKind, Section, Standing, UploadStatus
from onward.domain.resumes.events import ResumeRead
from onward.domain.resumes.facts import services as facts
from onward.domain.resumes.facts.skills import usual_name
from onward.domain.resumes.models import Fact, Upload
from onward.domain.resumes.uploads.findings import findings
from onward.domain.resumes.uploads.queries import upload as find_upload
from onward.platform import storage
from onward.platform.events import publish
from onward.platform.record import locked, name_key
from onward.platform.refusals import Conflict, Invalid

LARGEST = 10 * resumes.MEGABYTE
MOST_ATTEMPTS = 3
OPEN = (UploadStatus.PENDING, UploadStatus.PROCESSING)
LOST = "The work was begun several times and never came to an end. Please upload the file again."
BROKEN = "Something went wrong on our side. Please upload the file again."


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was made of suggestions. :ivar skills: as they are written in the profile now"""

    skills: list[str]
    level: str | None
    skipped: list[str]


def receive(*, owner_id: int, file: storage.Content, file_name: str, at: datetime) -> int:
    """Take in a résumé as a version and have it read later; gives the version's number.

    :param file_name: as the client has it; the version is called by it
    :raises Invalid: when the file is not one that is taken
    """
    # What cannot be a name is the server's to replace: nobody was asked for one.
    named = "".join(letter for letter in PurePath(file_name.replace("\\", "/")).stem if letter.isprintable()).strip()
    with resumes.added(
        owner_id=owner_id,
        file=file,
        file_name=file_name,
        version_name=named[: resumes.LONGEST_VERSION_NAME] or "resume",
        standing=Standing.BESIDE,
        largest=LARGEST,
        at=at,
    ) as resume:
        resumes.ask_to_read(resume=resume, promoted_at=None, at=at)
        return resume.pk


def begin(*, resume_id: int, at: datetime) -> Upload | None:
    """Begin to read, or begin again after a worker that died; nothing when there is nothing to read any more."""
    upload = Upload.objects.select_related("resume", "resume__owner").filter(pk=resume_id, status__in=OPEN).first()
    if upload is None:
        return None
    if upload.attempts >= MOST_ATTEMPTS:
        fail(upload=upload, problem=LOST, at=at)
        return None
    mark = {"status": UploadStatus.PROCESSING, "attempts": upload.attempts + 1, "progress": 10}
    if not _held(upload).update(**mark, updated_at=at):
        return None
    upload.status, upload.attempts, upload.progress = UploadStatus.PROCESSING, upload.attempts + 1, 10
    return upload


def note(*, upload: Upload, progress: int, at: datetime) -> None:
    """Write down how far the reading is."""
    _held(upload).update(progress=progress, updated_at=at)


@transaction.atomic
def complete(*, upload: Upload, at: datetime) -> bool:
    """End the reading; the version becomes its owner's default, the first time. False when it is another run's by now.

    :raises Missing: when the account is gone
    """
    resumes.lock_versions(upload.resume.owner_id)
    ended: dict[str, Any] = {"status": UploadStatus.COMPLETED, "progress": 100, "updated_at": at}
    if upload.promoted_at is None:
        ended["promoted_at"] = at
    if not _held(upload).update(**ended):
        return False
    if upload.promoted_at is None:
        resumes.set_default(owner_id=upload.resume.owner_id, resume_id=upload.pk, at=at)
    _tell(upload, UploadStatus.COMPLETED, at)
    return True


@transaction.atomic
def fail(*, upload: Upload, problem: str, at: datetime) -> bool:
    """End the reading with a sentence that says why there is nothing; False when it is another run's by now."""
    if not _held(upload).update(status=UploadStatus.FAILED, problem=problem, updated_at=at):
        return False
    _tell(upload, UploadStatus.FAILED, at)
    return True


def put_back(*, upload: Upload, at: datetime) -> bool:
    """Have the next run begin; False when it is another run's by now."""
    return bool(_held(upload).update(status=UploadStatus.PENDING, progress=0, updated_at=at))


@transaction.atomic
def decide(
    *, owner_id: int, resume_id: int, skills: Sequence[str], level: str | None, skip: Sequence[str], at: datetime
) -> Decision:
    """Take suggestions into the profile and confirm their facts, and pass over others for good.

    :param skills: those of the résumé that are accepted
    :param level: that of the résumé, where it is accepted; None leaves the profile's
    :param skip: sections of which nothing more is suggested, and skills, which are refused: they are held no more
    :raises Invalid: naming what the résumé does not have
    :raises Conflict: while it is not read
    :raises Missing: when there is none of that number, or it is another's
    """
    owner = locked(User(pk=owner_id))
    upload = find_upload(owner_id=owner_id, resume_id=resume_id)
    if upload.status != UploadStatus.COMPLETED:
        raise Conflict("The résumé is not read yet" if upload.status in OPEN else "The résumé could not be read")
    stored = Fact.objects.filter(resume_id=resume_id, kind=FactKind.SKILL)
    texts = {name_key(text): text for text in stored.values_list("text", flat=True)}
    # By whatever name: k8s is accepted where the résumé has Kubernetes.
    written = texts | {
        name_key(name): texts[name_key(usual)]
        for name in (*skills, *skip)
        if name_key(name) not in texts and name_key(usual := usual_name(name)) in texts
    }
    sections = [name for name in Section.values if name in skip]
    refused = [name for name in skip if name not in Section.values]
    taken = _known(skills, written, refused)
    left = [written[name_key(name)] for name in refused]
    if level is not None and level != findings(Fact.objects.filter(resume_id=resume_id), at=at).level:
        raise Invalid(fields={"experience_level": [f"Not in the résumé: {level}."]})
    changes: dict[str, Any] = {"skills": [*owner.skills, *taken]} if taken else {}
    if level is not None:
        changes["experience_level"] = level
    if changes:
        profiles.change(user_id=owner_id, changes=changes, demands={}, at=at)
    facts.confirm_skills(resume=upload.resume, texts=taken, at=at)
    facts.refuse_skills(owner_id=owner_id, texts=left, at=at)
    if not set(sections) <= set(upload.skipped):
        kept = [name for name in Section.values if name in {*sections, *upload.skipped}]
        Upload.objects.filter(pk=upload.pk).update(skipped=kept, updated_at=at)
    return Decision(skills=taken, level=level, skipped=[*sections, *left])


def _known(skills: Sequence[str], written: dict[str, str], refused: Collection[str]) -> list[str]:
    problems: dict[str, list[str]] = {}
    for field, names in (("skills", skills), ("skip", refused)):
        unknown = [name for name in names if name_key(name) not in written]
        if unknown:
            problems[field] = [f"Not in the résumé: {', '.join(unknown)}."]
    both = {name_key(name) for name in skills} & {name_key(name) for name in refused}
    if both and not problems:
        problems["skip"] = [f"Accepted and skipped: {', '.join(sorted(written[key] for key in both))}."]
    if problems:
        raise Invalid(fields=problems)
    return list(dict.fromkeys(written[name_key(name)] for name in skills))


def _held(upload: Upload) -> Any:
    return Upload.objects.filter(pk=upload.pk, status=upload.status, attempts=upload.attempts)


def _tell(upload: Upload, status: UploadStatus, at: datetime) -> None:
    publish(ResumeRead(owner_id=upload.resume.owner_id, at=at, resume_id=upload.pk, status=status.value))
