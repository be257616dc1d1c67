"""Files that come in pieces, and what becomes of those that nobody makes a video of."""

from datetime import datetime, timedelta

from django.db import transaction

from onward.domain.video.models import Upload, Video
from onward.domain.video.queries import upload as found
from onward.domain.video.services import quota
from onward.platform import storage
from onward.platform.record import missing
from onward.platform.refusals import Conflict

FOLDER, POSTERS = "videos", "posters"
KEPT = timedelta(days=7)
# By then a file has its row, or will never have one.
LONGEST_FORM = timedelta(hours=6)


class InUse(Conflict):
    """Somebody is sending a piece of it."""

    message = "A piece of this upload is on its way already."


@transaction.atomic
def begin(*, owner_id: int, length: int, metadata: str, at: datetime) -> Upload:
    """Begin an upload, for which seven days are left.

    :param length: in bytes, of the whole
    :raises TooMuch: when a video may not be so large, or the account may not keep so much
    """
    quota.check_size(length)
    quota.lock_account(owner_id)
    quota.check_room(owner_id=owner_id, more=length)
    return Upload.objects.create(
        owner_id=owner_id,
        file_key=storage.fresh_key(FOLDER),
        length=length,
        metadata=metadata,
        created_at=at,
        expires_at=at + KEPT,
    )


def add_to(upload: Upload, *, offset: int) -> storage.Pieces:
    """Return what the next piece is written to; nobody else adds to the upload until it has ended.

    :param offset: how much has come, as who sends it knows
    :raises InUse: while somebody else adds to it
    :raises Conflict: when another number of bytes has come
    """
    try:
        pieces = storage.Pieces(upload.file_key)
    except storage.Busy:
        raise InUse from None
    if pieces.size != offset:
        pieces.end()
        raise Conflict(f"{pieces.size} bytes of this upload have come, not {offset}.", code="offset")
    return pieces


@transaction.atomic
def end(*, owner_id: int, upload_id: int, at: datetime) -> None:
    """Give an upload up.

    :raises Missing: when it is not there, or not theirs
    :raises InUse: while a piece of it comes
    """
    upload = found(owner_id=owner_id, pk=upload_id, at=at)
    # Whoever adds to it holds its file.
    add_to(upload, offset=storage.size_of(upload.file_key)).end()
    if not Upload.objects.filter(pk=upload.pk).delete()[0]:
        raise missing("upload")
    storage.delete_file(upload.file_key)


def forget_expired(*, at: datetime) -> int:
    """Delete uploads whose time is over, with what has come of them; returns how many."""
    expired = list(Upload.objects.filter(expires_at__lte=at).values_list("pk", "file_key"))
    gone = 0
    for pk, key in expired:
        with transaction.atomic():
            if Upload.objects.filter(pk=pk).delete()[0]:
                storage.delete_file(key)
                gone += 1
    return gone


def sweep(*, at: datetime) -> int:
    """Remove files that a crash has left, or that were a video which is gone for good; returns how many."""
    before = at - LONGEST_FORM
    removed = 0
    for folder, column in ((FOLDER, "file_key"), (POSTERS, "poster_key")):
        named = set(Video.objects.values_list(column, flat=True))
        if folder == FOLDER:
            named |= set(Upload.objects.values_list("file_key", flat=True))
        removed += storage.sweep(folder=folder, keep=named, before=before)
    return removed


def is_named(key: str) -> bool:
    """Return whether a row names a file."""
    return Video.objects.filter(file_key=key).exists() or Upload.objects.filter(file_key=key).exists()
