"""What is answered when nothing is left to show."""

from onward.platform.wire import Wire


class Done(Wire):
    """A sentence that says what has been done."""

    detail: str
