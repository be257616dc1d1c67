"""How long the work at hand may take: said once around it, and seen by whatever it calls.

Nothing is raised into code at a place that does not expect it. Work that is out of time hears of it where it asks
(:func:`check`), where it runs a statement (:mod:`onward.platform.database`) and where it waits for somebody else's
server (:mod:`onward.platform.outbound`).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import DatabaseError

T = TypeVar("T")

# Seconds in which work that has heard that it is out of time may tidy up, statements included, before it hears again.
TIDY = 5.0

# The clock of all deadlines, in seconds; tests hold it.
clock: Callable[[], float] = time.monotonic


class OutOfTime(BaseException):
    """The work took longer than it may.

    Not an Exception, so that work that catches those does not go on by accident.
    """


class Deadline:
    """When something must have ended. :param seconds: from now"""

    __slots__ = ("_ends",)

    def __init__(self, seconds: float) -> None:
        self._ends = clock() + seconds

    @property
    def left(self) -> float:
        """Seconds until then; negative when it has passed."""
        return self._ends - clock()

    def check(self) -> None:
        """Check that there is time left.

        :raises OutOfTime: when it has none; it then has a few seconds to tidy up
        """
        if self.left <= 0:
            self._ends = clock() + TIDY
            raise OutOfTime


_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def within(deadline: Deadline) -> Iterator[None]:
    """Hold what is done inside to a deadline."""
    token = _current.set(deadline)
    try:
        yield
    finally:
        _current.reset(token)


def check() -> None:
    """Check that the work at hand has time left; without a deadline it always has.

    :raises OutOfTime: when it has none
    """
    deadline = _current.get()
    if deadline is not None:
        deadline.check()


def cut(seconds: float) -> float:
    """Return how many seconds a step may take: these, or fewer when the work at hand has fewer left.

    :raises OutOfTime: when it has none
    """
    deadline = _current.get()
    if deadline is None:
        return seconds
    deadline.check()
    return min(seconds, deadline.left)


def statement(run: Callable[[str, Sequence[Any]], T], sql: str, parameters: Sequence[Any]) -> T:
    """Run a statement, if there is time for it.

    :raises OutOfTime: when there was none, or when it was interrupted for want of it
    """
    deadline = _current.get()
    if deadline is None:
        return run(sql, parameters)
    deadline.check()
    try:
        return run(sql, parameters)
    except DatabaseError as problem:
        try:
            deadline.check()
        except OutOfTime as late:
            raise late from problem
        raise
