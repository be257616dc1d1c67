"""Writing notes."""

import uuid
from datetime import datetime

from django.db import transaction

from onward.domain.applications.choices import NoteType
from onward.domain.applications.events import NoteAdded
from onward.domain.applications.models import Application, Note
from onward.domain.applications.services.locking import lock_applications
from onward.platform.events import publish
from onward.platform.record.append import append


@transaction.atomic
def add_note(*, application: Application, content: str, at: datetime, note_type: str = NoteType.GENERAL) -> Note:
    """Write something down about an application."""
    lock_applications(application.pk)
    values = {"application_id": application.pk, "content": content, "note_type": note_type, "uid": uuid.uuid4()}
    pk = append(Note, created_at=at, updated_at=at, **values)
    publish(
        NoteAdded(
            owner_id=application.owner_id,
            at=at,
            application_id=application.pk,
            company_name=application.company.name,
            job_title=application.job_title,
            note_id=pk,
            note_type=note_type,
        )
    )
    return Note(pk=pk, created_at=at, updated_at=at, **values)


def write_main_note(*, application_id: int, content: str, at: datetime) -> bool:
    """Write an application's main note, or remove it when there is nothing to say; in the caller's transaction.

    It is part of the application and announced with it.

    :returns: whether anything is different now
    """
    main = Note.objects.filter(application_id=application_id, is_main=True)
    if not content:
        return bool(main.delete()[0])
    note = main.first()
    if note is None:
        append(Note, application_id=application_id, content=content, is_main=True, created_at=at, updated_at=at)
        return True
    if note.content == content:
        return False
    note.content, note.updated_at = content, at
    note.save(update_fields=["content", "updated_at"])
    return True


def add_to_main_note(*, application_id: int, content: str, at: datetime) -> bool:
    """Write something below an application's main note, or as it; as `write_main_note` does.

    :returns: whether anything is different now
    """
    before = Note.objects.filter(application_id=application_id, is_main=True).values_list("content", flat=True).first()
    parts = [part for part in (before, content) if part]
    return bool(content) and write_main_note(application_id=application_id, content="\n\n".join(parts), at=at)
