"""Work on chats that is done later."""

from datetime import timedelta

from django.utils import timezone

from onward.domain.messaging.services import sweeping
from onward.domain.messaging.services.index import catch_up
from onward.platform.jobs import job, periodic, progress

# Seconds, for a server whose messages are all to be read again.
LONGEST = 1200


@periodic(every=timedelta(hours=6))
@job(max_attempts=3)
def forget() -> int:
    """Forget what chats keep for thirty days: updates, what was deleted, and chats that have ended."""
    at = timezone.now()
    return sweeping.forget_updates(at=at) + sweeping.forget_words(at=at) + sweeping.forget_ended(at=at)


# Nobody who sends asks for it: what was written last is found without the index.
@periodic(every=timedelta(minutes=1))
@job(max_attempts=1, time_limit=LONGEST)
def index() -> int:
    """Bring the index of messages up to date; returns how many were read."""
    return catch_up(wanted=lambda: progress(0))
