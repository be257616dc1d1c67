"""How much an account may keep here."""

from django.conf import settings
from django.db.models import Sum

from onward.domain.accounts.models import User
from onward.domain.video.models import Upload, Video
from onward.platform.record import locked
from onward.platform.refusals import Invalid

MEGABYTE = 1024 * 1024


class TooMuch(Invalid):
    """More than may be kept: of one video, or of one account."""


def check_size(size: int) -> None:
    """Check that a video is not too large.

    :raises TooMuch: naming ``file``
    """
    if size > settings.VIDEO_LIMIT:
        raise _too_much(f"A video may have {settings.VIDEO_LIMIT // MEGABYTE} MB.")


def check_room(*, owner_id: int, more: int) -> None:
    """Check that an account may keep so many bytes more.

    What was removed counts until it is gone for good, and what is being uploaded for as much as it will be.

    :raises TooMuch: naming ``file``
    """
    kept = _kept(owner_id)
    if kept + more > settings.VIDEO_PER_ACCOUNT:
        raise _too_much(
            f"Your videos take up {kept / MEGABYTE:.1f} MB of the {settings.VIDEO_PER_ACCOUNT // MEGABYTE} MB that an "
            "account may keep here. What was deleted counts for thirty days."
        )


def room(owner_id: int) -> int:
    """Return how many bytes more an account may keep."""
    return max(0, settings.VIDEO_PER_ACCOUNT - _kept(owner_id))


def _kept(owner_id: int) -> int:
    videos = Video.objects.filter(owner_id=owner_id).aggregate(total=Sum("size"))["total"] or 0
    return int(videos + (Upload.objects.filter(owner_id=owner_id).aggregate(total=Sum("length"))["total"] or 0))


def lock_account(owner_id: int) -> None:
    """Have an account's videos added one after the other, in the transaction at hand."""
    locked(User(pk=owner_id))


def _too_much(sentence: str) -> TooMuch:
    return TooMuch(fields={"file": [sentence]})
