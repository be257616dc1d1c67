"""Writing résumés. Whoever has any has exactly one default."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from onward.domain.resumes import queries
from onward.domain.resumes.choices import Origin, Standing, UploadStatus
from onward.domain.resumes.events import (
    DefaultResumeChanged,
    ResumeAdded,
    ResumeDeleted,
    ResumeFileReplaced,
    ResumeUpdated,
)
from onward.domain.resumes.facts import services as facts
from onward.domain.resumes.facts.reader import LONG, read
from onward.domain.resumes.formats import Format, is_locked, recognise
from onward.domain.resumes.models import Resume, ResumeText, Upload
from onward.domain.resumes.names import safe_file_name
from onward.domain.resumes.text import PROBLEMS, TOO_MUCH, Extract, Unreadable, extract
from onward.platform import storage
from onward.platform.bin.queries import files_of
from onward.platform.bin.services import discard
from onward.platform.events import publish
from onward.platform.jobs import enqueue
from onward.platform.record import append, change, locked_for_removal, save
from onward.platform.refusals import Invalid, Missing

MEGABYTE = 1024 * 1024
LARGEST = 5 * MEGABYTE
LONGEST_VERSION_NAME = 255
FIELDS = frozenset({"version_name", "notes", "external_url"})
# A file that took too long is not read again at once: it may have been the server's fault, and mostly is the file's.
TRIED_AGAIN_AFTER = timedelta(hours=1)
# By then a file has its row, or will never have one.
LONGEST_UPLOAD = timedelta(hours=1)


class Unaccepted(Invalid):
    """A file that is not taken.

    :ivar code: why: ``file_is_empty``, ``file_is_too_large``, ``file_is_no_document``, ``file_is_locked`` or
        ``no_room``
    """


def upload(
    *, owner_id: int, file: storage.Content, file_name: str, version_name: str, standing: Standing, at: datetime
) -> Resume:
    """Add a version with its file, which is read later. The first one is the default, whatever was asked.

    :param file_name: as the client has it; only a cleaned copy is kept, and only to show
    :raises Invalid: naming every field that is wrong
    """
    with added(
        owner_id=owner_id,
        file=file,
        file_name=file_name,
        version_name=version_name,
        standing=standing,
        largest=LARGEST,
        at=at,
    ) as resume:
        ask_to_read(resume=resume, promoted_at=at, at=at)
        return resume


@contextmanager
def added(
    *,
    owner_id: int,
    file: storage.Content,
    file_name: str,
    version_name: str,
    standing: Standing,
    largest: int,
    at: datetime,
) -> Iterator[Resume]:
    """Add a version with its file, in one transaction with what is written in this block.

    :param largest: how many bytes the file may have
    :raises Invalid: naming every field that is wrong
    """
    problems: dict[str, list[str]] = {}
    found = None
    try:
        found = accepted(file, largest=largest)
    except Unaccepted as problem:
        problems["file"] = [problem.message]
    version_name = _named(version_name, problems)
    if problems or found is None:
        raise Invalid(fields=problems)
    with storage.stored(file, folder=folder(owner_id), suffix=found.suffix) as key:
        about = about_file(file, found, key=key, file_name=file_name)
        try:
            lock_versions(owner_id)
            check_room(owner_id, file.size)
        except Unaccepted as problem:
            raise Invalid(fields={"file": [problem.message]}) from None
        yield _add(owner_id, standing, at, version_name=version_name, **about)


@transaction.atomic
def create(*, owner_id: int, version_name: str, at: datetime, notes: str = "", external_url: str = "") -> Resume:
    """Add a version whose file is elsewhere, or comes later. The first one is the default.

    :raises Invalid: when it has no name that can be kept
    """
    problems: dict[str, list[str]] = {}
    version_name = _named(version_name, problems)
    if problems:
        raise Invalid(fields=problems)
    fields = {"version_name": version_name, "notes": notes, "external_url": external_url}
    return _add(owner_id, Standing.BESIDE, at, **fields)


@transaction.atomic
def update(*, owner_id: int, resume_id: int, at: datetime, **changes: Any) -> Resume:
    """Change what is known of a version. What is not named stays as it is; what is named and the same is no change.

    :param changes: ``version_name``, ``notes`` and ``external_url``: the address of a file elsewhere, which leaves ours
        where it is; empty, there is none elsewhere; none at all, there is no file any more, ours neither
    :raises Missing: when it is not there, or somebody else's
    """
    lock_versions(owner_id)
    resume = queries.resume(owner_id=owner_id, resume_id=resume_id)
    if "external_url" in changes and changes["external_url"] is None:
        changes["external_url"] = ""
        _take_file(resume, at)
    changed = change(resume, FIELDS, changes)
    if not changed:
        return resume
    save(resume, changed, at=at)
    publish(
        ResumeUpdated(owner_id=owner_id, at=at, resume_id=resume.pk, version_name=resume.version_name, changed=changed)
    )
    return resume


def replace_file(
    *, owner_id: int, resume_id: int, file: storage.Content, file_name: str, largest: int, at: datetime
) -> Resume:
    """Put this file in the place of the one that a version has, here or elsewhere, or give it its first.

    :param file_name: as the client has it; only a cleaned copy is kept, and only to show
    :param largest: how many bytes it may have
    :raises Unaccepted: when the file is not one that is taken
    :raises Missing: when the version is not there, or somebody else's
    """
    found = accepted(file, largest=largest)
    with storage.stored(file, folder=folder(owner_id), suffix=found.suffix) as key:
        lock_versions(owner_id)
        resume = queries.resume(owner_id=owner_id, resume_id=resume_id)
        check_room(owner_id, file.size - resume.file_size)
        _change_file(resume, at, external_url="", **about_file(file, found, key=key, file_name=file_name))
    return resume


@transaction.atomic
def set_default(*, owner_id: int, resume_id: int, at: datetime) -> Resume:
    """Make a version the default, and the old one not. Repeating it is harmless and announced once.

    :raises Missing: when it is not there, or somebody else's
    """
    lock_versions(owner_id)
    resume = queries.resume(owner_id=owner_id, resume_id=resume_id)
    if not resume.is_default:
        Resume.objects.filter(owner_id=owner_id, is_default=True).update(is_default=False, updated_at=at)
        _promote(resume, at)
    return resume


@transaction.atomic
def delete(*, owner_id: int, resume_id: int, at: datetime) -> None:
    """Delete a version with its file, which the bin keeps. Applications that were sent with it stay and name none.

    When the default goes, the latest of the others takes its place: a person with résumés always has one.

    :raises Missing: when it is not there, or somebody else's
    """
    lock_versions(owner_id)
    resume = locked_for_removal(queries.resume(owner_id=owner_id, resume_id=resume_id))
    was_default, resume.is_default = resume.is_default, False
    discard(resume, owner_id=owner_id, title=resume.version_name, at=at)
    publish(ResumeDeleted(owner_id=owner_id, at=at, resume_id=resume_id, version_name=resume.version_name))
    heir = queries.resumes(owner_id=owner_id).first() if was_default else None
    if heir is not None:
        _promote(heir, at)


@transaction.atomic
def came_back(*, owner_id: int, resume_id: int, at: datetime) -> None:
    """See to a version that has come back from the bin: it is the default where there is none, and is read again."""
    lock_versions(owner_id)
    resume = queries.resume(owner_id=owner_id, resume_id=resume_id)
    if not Resume.objects.filter(owner_id=owner_id, is_default=True).exists():
        _promote(resume, at)
    if Upload.objects.filter(resume_id=resume_id, status__in=(UploadStatus.PENDING, UploadStatus.PROCESSING)).exists():
        _enqueue(resume)


def tidy(*, owner_id: int, at: datetime) -> int:
    """Remove a person's files that no version names, here or in the bin, and give how many there were.

    A server that dies between a file and its row, or between a row's end and its file's, leaves such a file.
    """
    # One statement: what goes into the bin or comes out of it meanwhile is seen in one of the two.
    named = Resume.objects.filter(owner_id=owner_id).values_list("file_key", flat=True)
    kept = named.union(files_of(owner_id=owner_id).values_list("file_key", flat=True))
    return storage.sweep(folder=folder(owner_id), keep=set(kept), before=at - LONGEST_UPLOAD)


def reading_of(*, resume: Resume, at: datetime) -> Extract:
    """Return what a version's file says, with its warnings. The first time this takes a while: not in a transaction.

    :raises Unreadable: with a sentence for the person
    """
    kept = ResumeText.objects.filter(resume_id=resume.pk, file_key=resume.file_key).first()
    if kept is not None and not (kept.problem == TOO_MUCH and kept.read_at < at - TRIED_AGAIN_AFTER):
        if kept.problem:
            raise Unreadable(kept.problem, final=kept.problem != TOO_MUCH)
        return Extract(kept.text, kept.warnings)
    if not resume.file_key:
        raise Unreadable("This version has no file here. Upload one, or paste the text instead.", final=False)
    try:
        with storage.open_file(resume.file_key) as file:
            found = extract(file.read(), content_type=resume.content_type)
    except Missing:
        raise Unreadable("The file of this version is not there any more.", final=False) from None
    except Unreadable as problem:
        if problem.final or problem.message == TOO_MUCH:
            _keep_text(resume, at, problem=problem.message)
        raise
    said = read(found.text)
    if LONG in said.warnings and LONG not in found.warnings:
        found = found._replace(warnings=[*found.warnings, LONG])
    # Together: a text without its facts would never be read again. A version that was deleted meanwhile keeps nothing.
    with suppress(IntegrityError), transaction.atomic():
        _keep_text(resume, at, text=found.text, warnings=found.warnings)
        facts.draft(resume=resume, drafts=said.facts, origin=Origin.READER, at=at)
    return found


def _keep_text(resume: Resume, at: datetime, **found: Any) -> None:
    row = ResumeText(resume=resume, file_key=resume.file_key, read_at=at, **found)
    # Whoever read it at the same time has read the same, or a file that is not the version's any more: the next
    # reader sees that by its key. A version that was deleted meanwhile keeps nothing.
    with suppress(IntegrityError), transaction.atomic():
        ResumeText.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["resume"],
            update_fields=["file_key", "text", "problem", "warnings", "read_at"],
        )


def _add(owner_id: int, standing: Standing, at: datetime, **fields: Any) -> Resume:
    lock_versions(owner_id)
    others = Resume.objects.filter(owner_id=owner_id, is_default=True)
    is_default = standing is Standing.DEFAULT or not others.exists()
    if is_default:
        others.update(is_default=False, updated_at=at)
    resume = Resume.objects.create(owner_id=owner_id, is_default=is_default, created_at=at, updated_at=at, **fields)
    publish(ResumeAdded(owner_id=owner_id, at=at, resume_id=resume.pk, version_name=resume.version_name))
    return resume


def about_file(file: storage.Content, found: Format, *, key: str, file_name: str) -> dict[str, Any]:
    """Return what a row says of its file. :param file_name: as the client has it; only a cleaned copy is kept"""
    return {
        "file_key": key,
        "file_name": safe_file_name(file_name, suffix=found.suffix),
        "file_size": file.size,
        "content_type": found.content_type,
    }


def _take_file(resume: Resume, at: datetime) -> None:
    if resume.file_key:
        _change_file(resume, at, file_key="", file_name="", file_size=0, content_type="")


def _change_file(resume: Resume, at: datetime, **values: Any) -> None:
    if resume.file_key:
        storage.delete_file(resume.file_key)
        ResumeText.objects.filter(resume_id=resume.pk).delete()
    _read_anew(resume, at, has_file=bool(values["file_key"]))
    for field, value in values.items():
        setattr(resume, field, value)
    resume.updated_at = at
    resume.save(update_fields=[*values, "updated_at"])
    publish(ResumeFileReplaced(owner_id=resume.owner_id, at=at, resume_id=resume.pk, version_name=resume.version_name))


def _read_anew(resume: Resume, at: datetime, *, has_file: bool) -> None:
    """Have the next file of a version read, too; without a file there is no upload any more."""
    upload = Upload.objects.filter(resume_id=resume.pk)
    if not has_file:
        upload.delete()
    elif upload.update(status=UploadStatus.PENDING, progress=0, attempts=0, problem="", updated_at=at):
        _enqueue(resume)
    else:
        ask_to_read(resume=resume, promoted_at=at, at=at)


def ask_to_read(*, resume: Resume, promoted_at: datetime | None, at: datetime) -> None:
    """Have the first file of a version read, by the reader and by a provider where there is one.

    :param promoted_at: None: the version becomes the default when it has been read
    """
    append(
        Upload,
        resume_id=resume.pk,
        status=UploadStatus.PENDING.value,
        progress=0,
        attempts=0,
        problem="",
        skipped=[],
        promoted_at=promoted_at,
        created_at=at,
        updated_at=at,
    )
    _enqueue(resume)


def _enqueue(resume: Resume) -> None:
    enqueue("assistant.read_resume", account=resume.owner_id, resume_id=resume.pk)


def folder(owner_id: int) -> str:
    """Return where somebody's files are kept."""
    return f"resumes/user_{owner_id}"


def _promote(resume: Resume, at: datetime) -> None:
    resume.is_default = True
    resume.updated_at = at
    resume.save(update_fields=["is_default", "updated_at"])
    publish(
        DefaultResumeChanged(owner_id=resume.owner_id, at=at, resume_id=resume.pk, version_name=resume.version_name)
    )


def lock_versions(owner_id: int) -> None:
    """Serialise the changes of a person's résumés: which one is the default depends on all of them.

    Other rows that name this person can be written meanwhile (``no_key``).
    """
    accounts = get_user_model().objects.select_for_update(no_key=True)
    if not accounts.filter(pk=owner_id).values_list("pk").first():
        raise Missing()


def check_room(owner_id: int, more: int) -> None:
    """See that an account's files may take up so many bytes more.

    :raises Unaccepted: when they may not
    """
    kept = queries.bytes_kept(owner_id=owner_id)
    if kept + more > settings.STORAGE_PER_ACCOUNT:
        most = settings.STORAGE_PER_ACCOUNT // MEGABYTE
        raise Unaccepted(
            f"Your files take up {kept / MEGABYTE:.1f} MB of the {most} MB that an account may keep here. "
            "Delete some of them first.",
            code="no_room",
        )


def accepted(file: storage.Content, *, largest: int) -> Format:
    """Return what a file is. :raises Unaccepted: when it is empty, too large, or no document"""
    if not file.size:
        raise Unaccepted("The submitted file is empty.", code="file_is_empty")
    if file.size > largest:
        raise Unaccepted(f"File size must not exceed {largest // MEGABYTE}MB.", code="file_is_too_large")
    found = recognise(file)
    if found is None and is_locked(file):
        raise Unaccepted(PROBLEMS["locked"], code="file_is_locked")
    if found is None:
        raise Unaccepted("Only PDF and Word documents (DOC, DOCX) are allowed.", code="file_is_no_document")
    return found


def _named(version_name: str, problems: dict[str, list[str]]) -> str:
    name = version_name.strip()
    if not name:
        problems["version_name"] = ["This field may not be blank."]
    elif "\x00" in name:
        problems["version_name"] = ["Null characters are not allowed."]
    elif any("\ud800" <= letter <= "\udfff" for letter in name):
        problems["version_name"] = ["This is not valid text."]
    elif len(name) > LONGEST_VERSION_NAME:
        problems["version_name"] = [f"Ensure this field has no more than {LONGEST_VERSION_NAME} characters."]
    return name
