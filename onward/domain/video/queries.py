"""Reading videos. Who sees which is decided by their entries, in `writing.queries.entries`."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from onward.domain.video.models import Caption, Upload, Video
from onward.domain.writing.choices import EntryKind, EntryStatus
from onward.domain.writing.models import Entry
from onward.domain.writing.queries.entries import (
    ASKER,
    HIDDEN,
    PUBLISHED,
    Numbers,
    kept,
    number,
    of_kind,
    seen_by,
    visible,
)
from onward.platform.record import missing


def videos() -> QuerySet[Entry]:
    """Return the videos that who asks may see, where they know of them."""
    return Entry.objects.filter(of_kind(EntryKind.VIDEO), visible())


def listed_videos() -> QuerySet[Entry]:
    """Return the videos that are in the list of who asks: what is for all, and their own."""
    return videos().filter(PUBLISHED | Q(author_id=ASKER))


def video_count() -> Numbers:
    """Return how many :func:`listed_videos` there are."""
    own = videos().filter(~PUBLISHED, ~HIDDEN, author_id=ASKER)
    return [kept(EntryKind.VIDEO), number(listed_videos().filter(HIDDEN)), number(own)]


def captions() -> QuerySet[Caption]:
    """Return all captions, by language."""
    return Caption.objects.order_by("language")


def video(*, pk: int, sight: dict[str, Any]) -> Video:
    """Return a video that somebody may see, with its words. :param sight: as `writing.queries.entries.entry` takes it

    :raises Missing: when there is none, or they may not see it
    """
    found = Video.objects.select_related("entry").filter(seen_by(sight, at="entry__"), pk=pk).first()
    if found is None:
        raise missing("video")
    return found


def uploads() -> QuerySet[Upload]:
    """Return all uploads."""
    return Upload.objects.all()


def upload(*, owner_id: int, pk: int, at: datetime) -> Upload:
    """Return an upload of somebody's whose time is not over.

    :raises Missing: when there is none
    """
    found = Upload.objects.filter(owner_id=owner_id, pk=pk, expires_at__gt=at).first()
    if found is None:
        raise missing("upload")
    return found


def by_link(pk: int) -> Video | None:
    """Return a video, whoever asks, that a link may open; None where there is none, or it was removed."""
    return Video.objects.select_related("entry").filter(pk=pk, entry__removed_at=None).first()


def is_reserved(entry: Entry) -> bool:
    """Return whether only few may see a video: a private one, or one that waits for a moderator."""
    return entry.status == EntryStatus.DRAFT or entry.hidden_at is not None


def caption(video: Video, language: str) -> Caption:
    """Return the captions of a video in a language.

    :raises Missing: when there are none
    """
    found = Caption.objects.filter(video_id=video.pk, language=language).first()
    if found is None:
        raise missing("captions")
    return found
