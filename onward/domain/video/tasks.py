"""Work on videos that is done later."""

from datetime import timedelta

from django.utils import timezone

from onward.domain.video.services import examining, uploads
from onward.platform.jobs import job, periodic
from onward.platform.jobs.registry import HEAVY


@periodic(every=timedelta(hours=1))
@job(max_attempts=3)
def tidy() -> int:
    """Delete uploads whose time is over, and files that no row names; returns how many of both."""
    at = timezone.now()
    return uploads.forget_expired(at=at) + uploads.sweep(at=at)


@job(max_attempts=2, queue=HEAVY)
def examine(*, video_id: int) -> None:
    """Find out how long a video is, and take a picture of it, where ``ffmpeg`` is installed."""
    examining.examine(video_id=video_id)
