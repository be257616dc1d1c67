"""How a reading ends, other than well."""


class NotModified(Exception):
    """Nothing has changed since the reading whose ETags were given: every posting that was there still is."""


class Broken(Exception):
    """A reading that failed. That nothing was found is no failure.

    :ivar reason: why, in a sentence that holds no key and no query
    :ivar status: what the source answered, if it did
    """

    def __init__(self, reason: str, status: int | None = None) -> None:
        self.reason = reason
        self.status = status
        super().__init__(reason)


class Spent(Broken):
    """A source that was not asked, because it was asked as often today as it may be."""
