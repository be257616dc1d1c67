"""The index of threads and posts that everybody may see, and of what it is made."""

from itertools import chain, islice

from onward.domain.writing.choices import EntryKind
from onward.platform.search.index import Index
from onward.platform.search.terms import terms
from onward.platform.search.watching import Watched

NAME = "writing"
# Counted up when entries are read otherwise, so that all are read again.
VERSION = "1"
# A document's number is its entry's. A stretch is 65,536 of them.
ENTRIES = Index("writing_terms", stretch=16)
WATCHED = (
    Watched("writing_entry", columns=["kind", "title", "content", "status", "parent_id", "hidden_at", "removed_at"]),
)
FOUND_KINDS = (EntryKind.THREAD, EntryKind.POST)
# Words that are read of one entry; PostgreSQL takes a megabyte of them.
MOST_TERMS = 20_000


def terms_of(*, title: str, content: str) -> set[str]:
    """Return the terms under which an entry is found."""
    return set(islice(dict.fromkeys(chain(terms(title), terms(content))), MOST_TERMS))
