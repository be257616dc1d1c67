"""How often somebody may guess.

Each guard counts what was wrong, never what was right, and stands before a sign-in, not before an open session: who
guesses at somebody's account locks nobody out of the session that they have.
"""

from onward.platform import throttle

QUARTER_OF_AN_HOUR = 15 * 60


class Guard:
    """So many wrong answers in so many seconds.

    Two steps, and not one that counts first: right answers that come at the same moment must not get in each
    other's way. As many wrong ones as there are threads may slip through together; the next one does not.
    """

    def __init__(self, name: str, *, limit: int, period: int = QUARTER_OF_AN_HOUR) -> None:
        self.name = name
        self.limit = limit
        self.period = period

    def check(self, *about: str) -> None:
        """Look whether there may be another answer.

        :raises Throttled: when there were too many wrong ones
        """
        throttle.check(self._key(about), self.limit, self.period)

    def count(self, *about: str) -> None:
        """Count a wrong answer."""
        throttle.hit(self._key(about), self.limit, self.period)

    def forget(self, *about: str) -> None:
        """Begin to count from nothing."""
        throttle.forget(self._key(about))

    def _key(self, about: tuple[str, ...]) -> str:
        return "|".join((self.name, *about))


# One program at one place, and any number of them at many places, guessing one account's password.
LOGIN_FROM_ADDRESS = Guard("login-from", limit=20)
# One guess at each of many accounts from one place; more than a class of students that signs in at once gets wrong.
LOGIN_BY_ADDRESS = Guard("login-by", limit=200)
LOGIN_TO_ACCOUNT = Guard("login-to", limit=40)
# Asked for the password again inside an open session.
PASSWORD = Guard("password", limit=20)
SECOND_FACTOR = Guard("second-factor", limit=20)
