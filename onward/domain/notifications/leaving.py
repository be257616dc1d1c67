"""What others were told of somebody names them, so it goes with them."""

from datetime import datetime

from django.db import transaction

from onward.domain.notifications.choices import CareerNoticeType
from onward.domain.notifications.models import Notice
from onward.domain.writing.models import Entry

BATCH = 200


def leave(*, user_id: int, at: datetime) -> None:
    """Delete notices of what somebody has written."""
    entry_ids = list(Entry.objects.filter(author_id=user_id).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(entry_ids), BATCH):
        some = entry_ids[start : start + BATCH]
        kinds = (CareerNoticeType.MENTION, CareerNoticeType.REPLY)
        with transaction.atomic():
            Notice.objects.filter(type__in=kinds, data__entry_id__in=some).delete()
