"""How much of a document is read, and how a reader says that it has nothing to say."""

from typing import NamedTuple

LONGEST_TEXT = 100_000

# A sign on the page of which nothing says which letter it is.
UNKNOWN = "\ufffd"


class Unreadable(Exception):
    """There is no text to give. The argument is the word for why."""


class Words(NamedTuple):
    """What a document says.

    :ivar warnings: what the person should know: ``hidden``, some text was left out, because nobody sees it;
        ``unmapped``, some letters could not be told; ``cut``, there was more
    """

    text: str
    warnings: frozenset[str] = frozenset()
