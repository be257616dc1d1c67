"""What of the feed follows when postings change: their index is brought up to date soon."""

from onward.platform.events import Event
from onward.platform.jobs import enqueue


def postings_changed(_: Event) -> None:
    """Ask for a look at what the database has noted; one that waits already does for all."""
    enqueue("feed.index", key="postings")
