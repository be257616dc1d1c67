"""What a store of counts can do."""

from dataclasses import dataclass
from typing import Protocol


class Unavailable(Exception):
    """The store does not answer now; somebody else has to."""


@dataclass(frozen=True, slots=True)
class Count:
    """How a window stands.

    :param used: acts that were let through
    :param refused: whether this act was not
    :param ends: when the window ends, in seconds since 1970
    """

    used: int
    refused: bool
    ends: float


class Store(Protocol):
    """Counts by key. A key is a number, made of what is counted; see :func:`onward.platform.throttle.limits.number`."""

    def take(self, key: int, limit: int, period: int) -> Count:
        """Count one act, unless the limit is reached. The whole of it is one atomic step.

        :raises Unavailable: when the store does not answer
        """

    def look(self, key: int) -> Count | None:
        """Return the count without adding to it; none when no window is open.

        :raises Unavailable: when the store does not answer
        """

    def give_back(self, key: int) -> None:
        """Take back one act; nothing happens when none is counted.

        :raises Unavailable: when the store does not answer
        """

    def drop(self, key: int) -> None:
        """Forget a key.

        :raises Unavailable: when the store does not answer
        """

    def clear(self) -> None:
        """Forget every key.

        :raises Unavailable: when the store does not answer
        """
