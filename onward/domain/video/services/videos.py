"""Adding videos and changing them. Removing and restoring them is the same as for all entries."""

from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.video import queries
from onward.domain.video.formats import BEGIN, recognise
from onward.domain.video.models import Upload, Video
from onward.domain.video.services import quota
from onward.domain.video.services.uploads import FOLDER
from onward.domain.writing.choices import EntryKind
from onward.domain.writing.models import Entry
from onward.domain.writing.services import entries
from onward.platform import storage
from onward.platform.jobs import enqueue
from onward.platform.record import append, locked
from onward.platform.refusals import Conflict, Invalid, Missing, Refusal

OWN_ADDRESS = "This video is kept here; its address does not change."


def add(*, author_id: int, address: str, at: datetime, **words: Any) -> Entry:
    """Add a video that is elsewhere.

    :param words: as `entries.write` takes them: ``title``, ``content``, ``status``
    :raises Invalid: naming ``content``, when a newcomer's has too many links
    """

    def beside(entry_id: int) -> None:
        append(Video, entry_id=entry_id, address=address)

    return entries.write(kind=EntryKind.VIDEO, author_id=author_id, at=at, beside=beside, **words)


def add_file(*, author_id: int, file: storage.Content, at: datetime, **words: Any) -> Entry:
    """Add a video with its file, whose bytes stay as they are.

    :param words: as `add` takes them
    :raises Invalid: naming ``file``, when it is empty, too large, or no video
    """
    size = file.size or 0
    if not size:
        raise Invalid(fields={"file": ["The submitted file is empty."]})
    quota.check_size(size)
    content_type = _content_type(file, "file")
    key = file.key if isinstance(file, storage.Received) else storage.store(file, folder=FOLDER, suffix="")

    def beside(entry_id: int) -> None:
        quota.lock_account(author_id)
        quota.check_room(owner_id=author_id, more=size)
        _keep(entry_id, author_id, key, content_type, size)

    try:
        return entries.write(kind=EntryKind.VIDEO, author_id=author_id, at=at, beside=beside, **words)
    except Refusal:
        # Whatever else happens, what no row names is swept.
        storage.remove(key)
        raise


def add_upload(*, author_id: int, upload_id: int, at: datetime, **words: Any) -> Entry:
    """Make a video of an upload that is whole; of many who ask at once one makes it.

    :param words: as `add` takes them
    :raises Invalid: naming ``upload``, when there is none of theirs, or it is no video
    :raises Conflict: when it is not whole
    """
    try:
        upload = queries.upload(owner_id=author_id, pk=upload_id, at=at)
    except Missing:
        raise _no_upload() from None
    come = storage.size_of(upload.file_key)
    if come < upload.length:
        raise Conflict(f"{come} of {upload.length} bytes of this upload have come.", code="incomplete")
    with storage.open_file(upload.file_key) as file:
        content_type = _content_type(file, "upload")

    def beside(entry_id: int) -> None:
        if not Upload.objects.filter(pk=upload.pk).delete()[0]:
            raise _no_upload()
        _keep(entry_id, author_id, upload.file_key, content_type, upload.length)

    return entries.write(kind=EntryKind.VIDEO, author_id=author_id, at=at, beside=beside, **words)


def _keep(entry_id: int, owner_id: int, key: str, content_type: str, size: int) -> None:
    append(Video, entry_id=entry_id, owner_id=owner_id, file_key=key, content_type=content_type, size=size)
    enqueue("video.examine", account=owner_id, video_id=entry_id)


def _content_type(file: storage.Content, field: str) -> str:
    file.open()
    file.seek(0)
    found = recognise(file.read(BEGIN))
    file.seek(0)
    if not found:
        raise Invalid(fields={field: ["Upload a video: MP4, MOV, WebM, Matroska or Ogg. This file is none."]})
    return found


def _no_upload() -> Invalid:
    return Invalid(fields={"upload": ["There is no such upload of yours."]})


@transaction.atomic
def update(*, entry: Entry, by_id: int, at: datetime, **changes: Any) -> None:
    """Change a video.

    :param changes: ``address``, and what `entries.update` takes: ``title``, ``content``, ``status``
    :raises Invalid: naming ``address``, when its file is here
    """
    address = changes.pop("address", None)
    entries.update(entry=entry, by_id=by_id, at=at, **changes)
    if address is None:
        return
    held = locked(Entry(pk=entry.pk))
    moved = Video.objects.filter(pk=held.pk, file_key="").exclude(address=address).update(address=address)
    if moved:
        Entry.objects.filter(pk=held.pk).update(updated_at=at)
    elif not Video.objects.filter(pk=held.pk, file_key="").exists():
        raise Invalid(fields={"address": [OWN_ADDRESS]})
