"""What of writing follows when somebody has written: the index of entries is brought up to date soon."""

from onward.platform.events import Event
from onward.platform.jobs import enqueue


def entries_changed(_: Event) -> None:
    """Ask for a look at what the database has noted; one that waits already does for all."""
    enqueue("writing.index", key="entries")
