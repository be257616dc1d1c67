"""What an account may write in its first day, so that one made to advertise is of little use."""

import math
from datetime import datetime, timedelta

from django.conf import settings

from onward.domain.accounts.models import User
from onward.domain.writing.choices import BELOW, EntryKind
from onward.domain.writing.models import Entry
from onward.platform.refusals import Invalid, Throttled

NEW = timedelta(hours=24)
MOST_THREADS, MOST_BELOW, MOST_LINKS = 3, 10, 2


def check(*, user_id: int, kind: EntryKind, html: str, at: datetime) -> None:
    """Check that somebody may write this now, in the transaction that writes it.

    :param html: what is to be written, rendered
    :raises Throttled: when a newcomer has written enough
    :raises Invalid: naming ``content``, when it has too many links
    """
    joined = joined_at(user_id, at)
    if joined is None:
        return
    _check_links(html)
    kinds, most = ((EntryKind.THREAD,), MOST_THREADS) if kind is EntryKind.THREAD else (BELOW, MOST_BELOW)
    if kind not in kinds:
        return
    # What was removed counts, too.
    written = Entry.objects.filter(author_id=user_id, created_at__gt=at - NEW, kind__in=kinds).count()
    if written >= most:
        raise Throttled(max(1, math.ceil((joined + NEW - at).total_seconds())))


def check_links(*, user_id: int, html: str, at: datetime) -> None:
    """Check the links of a text that somebody changes.

    :raises Invalid: naming ``content``, when a newcomer's has too many
    """
    if joined_at(user_id, at) is not None:
        _check_links(html)


def joined_at(user_id: int, at: datetime) -> datetime | None:
    """Return when a newcomer has joined, and hold their account, so that they write one thing at a time.

    Of everybody else nothing is returned.
    """
    if not settings.THROTTLE:
        return None
    rows = User.objects.select_for_update(no_key=True).filter(pk=user_id, created_at__gt=at - NEW)
    return rows.values_list("created_at", flat=True).first()


def _check_links(html: str) -> None:
    if html.count("<a ") > MOST_LINKS:
        raise Invalid(fields={"content": [f"In its first day an account may write {MOST_LINKS} links in a text."]})
