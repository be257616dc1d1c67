"""Whoever leaves takes their words along; what others have written stays."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from onward.domain.writing.choices import EntryKind
from onward.domain.writing.index import ENTRIES
from onward.domain.writing.models import Entry, Mention, Version
from onward.domain.writing.services.entries import erase
from onward.domain.writing.services.index import catch_up

BATCH = 100


def leave(*, user_id: int, at: datetime) -> None:
    """Delete somebody's blogs, videos and unanswered threads, and empty what stands among what others have written."""
    theirs = Entry.objects.filter(author_id=user_id)
    others = Entry.objects.filter(~Q(author_id=user_id) | Q(author=None), parent_id=OuterRef("pk"))
    whole = Q(kind__in=[EntryKind.BLOG, EntryKind.VIDEO]) | (Q(kind=EntryKind.THREAD) & ~Exists(others))
    # One in a transaction: two who leave would wait for the counts of each other's forums.
    for one in _batches(theirs.filter(whole), size=1):
        erase(one)
    for some in _batches(theirs):
        with transaction.atomic():
            held = list(some.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
            for model in (Version, Mention):
                model._default_manager.filter(entry_id__in=held).delete()
            some.update(author=None, content="", content_html="", tags=[], edited_at=None, updated_at=at)
    catch_up()
    ENTRIES.forget()


def _batches(rows: QuerySet[Entry], *, size: int = BATCH) -> Iterator[QuerySet[Entry]]:
    while batch := list(rows.order_by("pk").values_list("pk", flat=True)[:size]):
        yield rows.filter(pk__in=batch)
