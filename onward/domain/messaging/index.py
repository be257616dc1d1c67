"""The index of messages, and of what it is made."""

from collections.abc import Sequence
from itertools import islice

from onward.platform.search.index import Index, Query
from onward.platform.search.terms import in_field, terms
from onward.platform.search.watching import Watched

NAME = "messages"
# Counted up when messages are read otherwise, so that all are read again.
VERSION = "1"
# A document's number is its message's. A stretch is 65,536 of them.
MESSAGES = Index("messaging_terms", stretch=16)
WATCHED = (Watched("messaging_message", columns=["content", "removed_at"]),)
# Words that are read of one message; PostgreSQL takes a megabyte of them.
MOST_TERMS = 20_000


def words_of(content: str) -> set[str]:
    """Return the terms under which a message is found."""
    return set(islice(dict.fromkeys(terms(content)), MOST_TERMS))


def of_chat(chat_id: int) -> list[str]:
    """Return the terms that say in which chat a message was sent."""
    return in_field("chat", [str(chat_id)])


def in_chat(chat_id: int, words: Sequence[str]) -> Query:
    """Return what finds the messages of a chat that have all of these terms."""
    return [of_chat(chat_id), *([word] for word in words)]
