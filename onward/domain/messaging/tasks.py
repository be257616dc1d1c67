"""Work on chats that is done later."""

from datetime import timedelta

from django.utils import timezone

from onward.domain.messaging.services import sweeping
from onward.platform.jobs import job, periodic


@periodic(every=timedelta(hours=6))
@job(max_attempts=3)
def forget() -> int:
    """Forget what chats keep for thirty days: updates, what was deleted, and chats that have ended."""
    at = timezone.now()
    return sweeping.forget_updates(at=at) + sweeping.forget_words(at=at) + sweeping.forget_ended(at=at)
