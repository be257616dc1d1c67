"""Writing résumés. Whoever has any has exactly one default."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from onward.domain.resumes import queries
from onward.domain.resumes.choices import Standing
from onward.domain.resumes.events import DefaultResumeChanged, ResumeAdded, ResumeDeleted
from onward.domain.resumes.formats import Format, recognise
from onward.domain.resumes.models import Resume, ResumeText
from onward.domain.resumes.names import safe_file_name
from onward.domain.resumes.text import Unreadable, extract
from onward.platform import storage
from onward.platform.events import publish
from onward.platform.refusals import Invalid, Missing

LARGEST = 5 * 1024 * 1024
LONGEST_VERSION_NAME = 255
# By then a file has its row, or will never have one.
LONGEST_UPLOAD = timedelta(hours=1)


def upload(
    *, owner_id: int, file: storage.Content, file_name: str, version_name: str, standing: Standing, at: datetime
) -> Resume:
    """Add a version with its file. The first one is the default, whatever was asked.

    :param file_name: as the client has it; only a cleaned copy is kept, and only to show
    :raises Invalid: naming every field that is wrong
    """
    problems: dict[str, list[str]] = {}
    found = _accepted(file, problems)
    version_name = _named(version_name, problems)
    if problems or found is None:
        raise Invalid(fields=problems)
    with storage.stored(file, folder=_folder(owner_id), suffix=found.suffix) as key:
        _hold(owner_id)
        others = Resume.objects.filter(owner_id=owner_id, is_default=True)
        is_default = standing is Standing.DEFAULT or not others.exists()
        if is_default:
            others.update(is_default=False, updated_at=at)
        resume = Resume.objects.create(
            owner_id=owner_id,
            version_name=version_name,
            file_key=key,
            file_name=safe_file_name(file_name, suffix=found.suffix),
            file_size=file.size,
            content_type=found.content_type,
            is_default=is_default,
            created_at=at,
            updated_at=at,
        )
        publish(ResumeAdded(owner_id=owner_id, at=at, resume_id=resume.pk, version_name=version_name))
    return resume


@transaction.atomic
def set_default(*, owner_id: int, resume_id: int, at: datetime) -> Resume:
    """Make a version the default, and the old one not. Repeating it is harmless and announced once.

    :raises Missing: when it is not there, or somebody else's
    """
    _hold(owner_id)
    resume = queries.resume(owner_id=owner_id, resume_id=resume_id)
    if not resume.is_default:
        Resume.objects.filter(owner_id=owner_id, is_default=True).update(is_default=False, updated_at=at)
        _promote(resume, at)
    return resume


@transaction.atomic
def delete(*, owner_id: int, resume_id: int, at: datetime) -> None:
    """Delete a version and its file. Applications that were sent with it stay and name none.

    When the default goes, the latest of the others takes its place: a person with résumés always has one.

    :raises Missing: when it is not there, or somebody else's
    """
    _hold(owner_id)
    resume = queries.resume(owner_id=owner_id, resume_id=resume_id)
    resume.delete()
    if resume.file_key:
        storage.delete_file(resume.file_key)
    publish(ResumeDeleted(owner_id=owner_id, at=at, resume_id=resume_id, version_name=resume.version_name))
    heir = queries.resumes(owner_id=owner_id).first() if resume.is_default else None
    if heir is not None:
        _promote(heir, at)


def tidy(*, owner_id: int, at: datetime) -> int:
    """Remove a person's files that no version names, and give how many there were.

    A server that dies between a file and its row, or between a row's end and its file's, leaves such a file.
    """
    named = set(Resume.objects.filter(owner_id=owner_id).values_list("file_key", flat=True))
    return storage.sweep(folder=_folder(owner_id), keep=named, before=at - LONGEST_UPLOAD)


def text_of(*, resume: Resume, at: datetime) -> str:
    """Give what a version's file says. The first time this takes a while: not inside a transaction.

    :raises Unreadable: with a sentence for the person
    """
    kept = ResumeText.objects.filter(resume_id=resume.pk, file_key=resume.file_key).first()
    if kept is not None:
        if kept.problem:
            raise Unreadable(kept.problem, final=True)
        return kept.text
    try:
        if not resume.file_key:
            raise Missing()
        with storage.open_file(resume.file_key) as file:
            text = extract(file.read(), content_type=resume.content_type)
    except Missing:
        raise Unreadable("The file of this version is not there any more.", final=False) from None
    except Unreadable as problem:
        if problem.final:
            _keep_text(resume, at, problem=problem.message)
        raise
    _keep_text(resume, at, text=text)
    return text


def _keep_text(resume: Resume, at: datetime, *, text: str = "", problem: str = "") -> None:
    row = ResumeText(resume=resume, file_key=resume.file_key, text=text, problem=problem, read_at=at)
    # Whoever read it at the same time has read the same. A version that was deleted meanwhile keeps nothing.
    with suppress(IntegrityError), transaction.atomic():
        ResumeText.objects.bulk_create([row], ignore_conflicts=True)


def _folder(owner_id: int) -> str:
    return f"resumes/user_{owner_id}"


def _promote(resume: Resume, at: datetime) -> None:
    resume.is_default = True
    resume.updated_at = at
    resume.save(update_fields=["is_default", "updated_at"])
    publish(
        DefaultResumeChanged(owner_id=resume.owner_id, at=at, resume_id=resume.pk, version_name=resume.version_name)
    )


def _hold(owner_id: int) -> None:
    """Let one change of a person's résumés pass at a time: which one is the default depends on all of them.

    Other rows that name this person can be written meanwhile (``no_key``).
    """
    accounts = get_user_model().objects.select_for_update(no_key=True)
    if not accounts.filter(pk=owner_id).values_list("pk").first():
        raise Missing()


def _accepted(file: storage.Content, problems: dict[str, list[str]]) -> Format | None:
    if not file.size:
        problems["file"] = ["The submitted file is empty."]
        return None
    if file.size > LARGEST:
        problems["file"] = ["File size must not exceed 5MB."]
        return None
    found = recognise(file)
    if found is None:
        problems["file"] = ["Only PDF and Word documents (DOC, DOCX) are allowed."]
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
