"""Liking and bookmarking entries, and how far somebody has read. Repeating any of it is harmless."""

import math
from datetime import UTC, date, datetime

from django.db import DatabaseError, transaction

from onward.domain.writing.models import Bookmark, Entry, Like, ReadPosition, Visit

# Days in which a reader's weight for what is popular halves.
HALF_LIFE = 14.0
# From here on weights are counted, in days since 1970; before it nothing was read here.
_EPOCH = (date(2020, 1, 1) - date(1970, 1, 1)).days


def like(*, entry: Entry, user_id: int, at: datetime) -> None:
    """Note that somebody likes an entry."""
    Like.objects.bulk_create([Like(entry_id=entry.pk, user_id=user_id, created_at=at)], ignore_conflicts=True)


def unlike(*, entry: Entry, user_id: int) -> None:
    """Take back that somebody likes an entry."""
    Like.objects.filter(entry_id=entry.pk, user_id=user_id).delete()


def bookmark(*, entry: Entry, user_id: int, at: datetime) -> None:
    """Bookmark a thread for somebody."""
    row = Bookmark(entry_id=entry.pk, user_id=user_id, created_at=at)
    Bookmark.objects.bulk_create([row], ignore_conflicts=True)


def forget_bookmark(*, entry: Entry, user_id: int) -> None:
    """Take back a bookmark."""
    Bookmark.objects.filter(entry_id=entry.pk, user_id=user_id).delete()


@transaction.atomic
def read_up_to(*, thread: Entry, post_id: int, user_id: int) -> None:
    """Note up to which post somebody has read a thread. It only moves forward."""
    row = ReadPosition(entry_id=thread.pk, user_id=user_id, post_number=post_id)
    ReadPosition.objects.bulk_create([row], ignore_conflicts=True)
    mine = ReadPosition.objects.filter(entry_id=thread.pk, user_id=user_id, post_number__lt=post_id)
    mine.update(post_number=post_id)


def note_visit(*, entry_id: int, user_id: int, at: datetime) -> None:
    """Count that somebody has read a blog or opened a video, once a day; where nothing can be written, nothing is."""
    try:
        with transaction.atomic():
            if _is_first_today(entry_id, user_id, at.astimezone(UTC).date()):
                _weigh(entry_id, at)
    except DatabaseError:
        return


def _is_first_today(entry_id: int, user_id: int, today: date) -> bool:
    """Note the day; of many reads at once one is the first."""
    mine = Visit.objects.filter(entry_id=entry_id, user_id=user_id)
    if mine.filter(last_on__lt=today).update(last_on=today):
        return True
    if mine.exists():
        return False
    # Whoever makes the row first counts: the others' insert waits for it, and then changes nothing.
    return bool(_insert_visit(entry_id, user_id, today))


def _insert_visit(entry_id: int, user_id: int, today: date) -> int:
    entry = Entry.objects.select_for_update(no_key=True, of=("self",)).filter(pk=entry_id).values_list("pk").first()
    if entry is None or Visit.objects.filter(entry_id=entry_id, user_id=user_id).exists():
        return 0
    Visit.objects.create(entry_id=entry_id, user_id=user_id, last_on=today)
    return 1


def _weigh(entry_id: int, at: datetime) -> None:
    """Add a reader to a blog's popularity.

    Forward decay (Cormode et al., 2009): a read at t weighs 2^(t/14 days), and the logarithm of the sum is kept, so
    that the order of the scores is right at any time without touching them.
    """
    weight = (at.timestamp() / 86400 - _EPOCH) / HALF_LIFE
    entry = Entry.objects.select_for_update(no_key=True, of=("self",)).filter(pk=entry_id)
    before = entry.values_list("popularity", flat=True).first()
    if before is None:
        return
    high, low = max(before, weight), min(before, weight)
    score = weight if before == 0.0 else high + math.log2(1 + 2 ** (low - high))
    Entry.objects.filter(pk=entry_id).update(popularity=score)
