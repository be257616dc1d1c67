"""What can go wrong with a question to a provider. None of it carries what the provider said: it may repeat a key."""

from onward.domain.assistant.providers.models import Outcome


class Busy(Exception):
    """It is not asked now.

    :param wait: seconds until it is worth trying
    """

    def __init__(self, wait: float) -> None:
        super().__init__(wait)
        self.wait = wait


class OutOfOrder(Busy):
    """It is left alone, since it did not answer of late."""


class TooLong(Exception):
    """The question alone has more tokens than may be sent in a minute."""


class Fault(Exception):
    """It was asked in vain.

    :param wait: seconds in which it wants to be left alone
    :param reason: for the log
    """

    outcome = Outcome.ERRED
    # Whether asking the same again may help.
    again = False
    # Whether it is a sign that the provider is out of order.
    breaks = True
    # Whether the provider answered, only badly.
    answered = True
    # Whether the question may have been worked on and billed.
    counts = False

    def __init__(self, reason: str, *, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


class TimedOut(Fault):
    """It took too long."""

    outcome = Outcome.TIMED_OUT
    answered = False
    counts = True


class Unreachable(Fault):
    """No connection, or one that was cut."""

    outcome = Outcome.UNREACHABLE
    again = True
    answered = False
    counts = True


class Limited(Fault):
    """It says that it is asked too often."""

    outcome = Outcome.LIMITED
    breaks = False
    answered = False


class Erred(Fault):
    """It failed, and may not the next time."""

    again = True


class Denied(Fault):
    """It does not know us, the model or the address: nothing helps but another configuration."""

    outcome = Outcome.REJECTED


class Rejected(Fault):
    """It does not take this question; it may take others."""

    outcome = Outcome.REJECTED
    breaks = False


class Garbled(Fault):
    """What came back is not in its own protocol."""

    outcome = Outcome.GARBLED
    counts = True


class Unusable(Fault):
    """A proper answer that is not what was asked for."""

    outcome = Outcome.UNUSABLE
    breaks = False
    counts = True
