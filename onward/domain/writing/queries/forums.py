"""Reading forums."""

from django.db.models import QuerySet

from onward.domain.writing.choices import EntryKind
from onward.domain.writing.models import Entry, Forum
from onward.domain.writing.queries.entries import of_kind, standing
from onward.platform.record import missing


def forums() -> QuerySet[Forum]:
    """Return all forums: every member sees them."""
    return Forum.objects.all()


def standing_threads() -> QuerySet[Entry]:
    """Return the threads that are counted."""
    return Entry.objects.filter(of_kind(EntryKind.THREAD), standing())


def forum(*, pk: int) -> Forum:
    """Return a forum.

    :raises Missing: when there is none
    """
    found = Forum.objects.filter(pk=pk).first()
    if found is None:
        raise missing("forum")
    return found
