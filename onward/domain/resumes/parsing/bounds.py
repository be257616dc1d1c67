"""How much of a document is read, and how a reader says that it has nothing to say."""

import resource
from typing import NamedTuple

MEMORY = 256 * 1024 * 1024
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


def limit(seconds: int) -> None:
    """Drop most of what a process may do: for good, and before the first byte of the document is looked at."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024 * 1024, 1024 * 1024))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
