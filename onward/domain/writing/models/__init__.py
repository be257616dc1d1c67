from onward.domain.writing.models.entry import Entry, Forum, Version
from onward.domain.writing.models.marks import BlogRead, Bookmark, Flag, Like, Mention, ReadPosition

__all__ = ["BlogRead", "Bookmark", "Entry", "Flag", "Forum", "Like", "Mention", "ReadPosition", "Version"]
