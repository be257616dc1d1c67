"""How long a request waits, and whether it is still wanted."""

import time
from collections.abc import Callable
from typing import TypeVar

from onward.platform import deadlines

T = TypeVar("T")

# Seconds between two looks at whether a request that is waited for is still wanted.
TURN = 0.5


class Patience:
    """The time that one request has, all of its steps together.

    :param seconds: for everything; fewer when the work that asks has fewer left
    :param wanted: raises when the request is not wanted any more. It is called twice a second while somebody is
        waited for, and whatever it raises ends the request
    :raises OutOfTime: when the work that asks has no time left
    """

    def __init__(self, seconds: float, wanted: Callable[[], None] | None = None) -> None:
        self._ends = time.monotonic() + deadlines.cut(seconds)
        self._wanted = wanted
        self._look_from = time.monotonic()

    @property
    def left(self) -> float:
        """Return the seconds that are left.

        :raises TimeoutError: when there are none
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def wait(self, attempt: Callable[[float], T], most: float | None = None) -> T:
        """Try something that may take a while, again and again, until it comes to something.

        :param attempt: is told how many seconds it may take, and raises TimeoutError when they were not enough
        :param most: seconds for this step, when it may not take all that are left
        :raises TimeoutError: when the time is up
        """
        ends = None if most is None else time.monotonic() + most
        while True:
            left = self.left if ends is None else min(self.left, ends - time.monotonic())
            if left <= 0:
                raise TimeoutError
            try:
                return attempt(left if self._wanted is None else min(left, TURN))
            except TimeoutError:
                self.look()

    def look(self) -> None:
        """Ask whether the request is still wanted, unless that was asked just now."""
        now = time.monotonic()
        if self._wanted is not None and now >= self._look_from:
            self._look_from = now + TURN
            self._wanted()
