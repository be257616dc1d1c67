"""Reading videos. Who sees which is decided by their entries, in `writing.queries.entries`."""

from django.db.models import Q, QuerySet

from onward.domain.video.models import Caption, Upload, Video
from onward.domain.writing.choices import EntryKind
from onward.domain.writing.models import Entry
from onward.domain.writing.queries.entries import ASKER, PUBLISHED, of_kind, visible


def videos() -> QuerySet[Entry]:
    """Return the videos that who asks may see, where they know of them."""
    return Entry.objects.filter(of_kind(EntryKind.VIDEO), visible())


def listed_videos() -> QuerySet[Entry]:
    """Return the videos that are in the list of who asks: what is for all, and their own."""
    return videos().filter(PUBLISHED | Q(author_id=ASKER))


def captions() -> QuerySet[Caption]:
    """Return all captions, by language."""
    return Caption.objects.order_by("language")


def video(entry: Entry) -> Video:
    """Return what a video has beside its words."""
    return Video.objects.get(pk=entry.pk)


def uploads() -> QuerySet[Upload]:
    """Return all uploads."""
    return Upload.objects.all()
