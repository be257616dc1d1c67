"""How often somebody may guess.

Each guard counts what was wrong, never what was right, and stands before a sign-in, not before an open session: who
guesses at somebody's account locks nobody out of the session that they have.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Condition

from onward.platform import throttle
from onward.platform.refusals import Throttled

QUARTER_OF_AN_HOUR = 15 * 60
# Seconds that an answer waits for others that are being compared, and may turn out right and give their place back.
PATIENCE = 3.0


class Guess:
    """An answer that is being compared. It counts as right until it is said to be wrong."""

    is_wrong = False

    def wrong(self) -> None:
        """Count it."""
        self.is_wrong = True


class Guard:
    """So many wrong answers in so many seconds, exactly, however many come at once.

    An answer is counted before it is compared, and taken back when it was right. So right answers that come at the
    same moment may have to wait for each other; they are not refused for it.
    """

    def __init__(self, name: str, *, limit: int, period: int = QUARTER_OF_AN_HOUR) -> None:
        self.name = name
        self.limit = limit
        self.period = period
        # How many answers are being compared in this process, by key.
        self._under_way: Counter[str] = Counter()
        self._settled = Condition()

    @contextmanager
    def guess(self, *about: str) -> Iterator[Guess]:
        """Compare an answer in this block, and say there if it is wrong.

        :raises Throttled: when there were too many wrong ones
        """
        key = "|".join((self.name, *about))
        self._take(key)
        guess = Guess()
        try:
            yield guess
        finally:
            if not guess.is_wrong:
                throttle.give_back(key)
            with self._settled:
                self._under_way[key] -= 1
                if not self._under_way[key]:
                    del self._under_way[key]
                self._settled.notify_all()

    def forget(self, *about: str) -> None:
        """Begin to count from nothing."""
        throttle.forget("|".join((self.name, *about)))

    def _take(self, key: str) -> None:
        deadline = time.monotonic() + PATIENCE
        # Under the lock: whoever settles gives back before it comes to this lock, and so is either seen or waited for.
        with self._settled:
            while True:
                verdict = throttle.hit(key, self.limit, self.period)
                if verdict.allowed:
                    self._under_way[key] += 1
                    return
                left = deadline - time.monotonic()
                if not self._under_way[key] or left <= 0:
                    raise Throttled(verdict.wait)
                self._settled.wait(left)


@contextmanager
def sign_in(email: str, address: str) -> Iterator[Guess]:
    """Compare what somebody signs in with in this block, and say there if it is wrong; three guards count it.

    :raises Throttled: when there were too many wrong ones
    """
    with ExitStack() as stack:
        guesses = [
            stack.enter_context(LOGIN_FROM_ADDRESS.guess(email, address)),
            stack.enter_context(LOGIN_BY_ADDRESS.guess(address)),
            stack.enter_context(LOGIN_TO_ACCOUNT.guess(email)),
        ]
        guess = Guess()
        try:
            yield guess
        finally:
            for each in guesses:
                each.is_wrong = guess.is_wrong


# One program at one place, and any number of them at many places, guessing one account's password.
LOGIN_FROM_ADDRESS = Guard("login-from", limit=20)
# One guess at each of many accounts from one place; more than a class of students that signs in at once gets wrong.
LOGIN_BY_ADDRESS = Guard("login-by", limit=200)
LOGIN_TO_ACCOUNT = Guard("login-to", limit=40)
# Asked for the password again inside an open session.
PASSWORD = Guard("password", limit=20)
SECOND_FACTOR = Guard("second-factor", limit=20)
