"""How a reading ends, other than well."""


class NotModified(Exception):
    """Nothing has changed since the reading whose ETags were given: every posting that was there still is."""


class Broken(Exception):
    """A reading that failed. That nothing was found is no failure.

    :ivar reason: why, in a sentence that holds no key and no query
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Spent(Broken):
    """A source that was not asked, because it was asked as often today as it may be."""
