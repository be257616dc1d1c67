"""Whoever leaves takes the files of their videos along."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from onward.domain.video.models import Upload, Video
from onward.platform import storage


def leave(*, user_id: int, at: datetime) -> None:
    """Delete the files of somebody's videos, and what they have begun to upload; the words are an entry's."""
    theirs = Video.objects.filter(Q(owner_id=user_id) | Q(entry__author_id=user_id)).order_by("pk")
    for pk, *keys in theirs.values_list("pk", "file_key", "poster_key"):
        # Files first: whatever ends this in between, the row still says where they are.
        for key in filter(None, keys):
            storage.remove(key)
        with transaction.atomic():
            Video.objects.filter(pk=pk).delete()
    for pk, key in Upload.objects.filter(owner_id=user_id).order_by("pk").values_list("pk", "file_key"):
        storage.remove(key)
        with transaction.atomic():
            Upload.objects.filter(pk=pk).delete()
