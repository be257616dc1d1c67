"""Adding videos and changing them. Removing and restoring them is the same as for all entries."""

from datetime import datetime
from typing import Any

from django.db import transaction

from onward.domain.video.models import Video
from onward.domain.writing.choices import EntryKind
from onward.domain.writing.models import Entry
from onward.domain.writing.services import entries
from onward.platform.record import append, locked
from onward.platform.refusals import Invalid

OWN_ADDRESS = "This video is kept here; its address does not change."


def add(*, author_id: int, address: str, at: datetime, **words: Any) -> Entry:
    """Add a video that is elsewhere.

    :param words: as `entries.write` takes them: ``title``, ``content``, ``status``
    :raises Invalid: naming ``content``, when a newcomer's has too many links
    """

    def beside(entry_id: int) -> None:
        append(Video, entry_id=entry_id, address=address)

    return entries.write(kind=EntryKind.VIDEO, author_id=author_id, at=at, beside=beside, **words)


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
