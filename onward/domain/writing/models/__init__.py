from onward.domain.writing.models.counts import EntryCount
from onward.domain.writing.models.entry import Entry, Forum, Version
from onward.domain.writing.models.marks import Bookmark, Flag, Like, Mention, ReadPosition, Visit

__all__ = [
    "Bookmark",
    "Entry",
    "EntryCount",
    "Flag",
    "Forum",
    "Like",
    "Mention",
    "ReadPosition",
    "Version",
    "Visit",
]
