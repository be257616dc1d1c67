"""How the domain says no. A refusal knows nothing of HTTP; each API maps the kinds to its own envelope."""

from collections.abc import Mapping, Sequence


class Refusal(Exception):
    """A request that the domain will not carry out.

    :param message: a sentence for the person who asked
    :param code: a stable word for programs
    :param fields: what is wrong, field by field; the empty name stands for the whole
    """

    code = "refused"
    message = "This cannot be done."

    def __init__(
        self,
        message: str | None = None,
        *,
        code: str | None = None,
        fields: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.message = message or self.message
        self.code = code or self.code
        self.fields = {name: list(problems) for name, problems in (fields or {}).items()}
        super().__init__(self.message)


class Invalid(Refusal):
    """What was sent cannot be accepted."""

    code = "invalid"
    message = "What was sent is not valid."


class Forbidden(Refusal):
    """Known, visible, and not allowed."""

    code = "forbidden"
    message = "You do not have permission to perform this action."


class Missing(Refusal):
    """Not there, or not this person's: the two are never told apart."""

    code = "not_found"
    message = "Not found."


class Conflict(Refusal):
    """It clashes with what is there already."""

    code = "conflict"
    message = "This clashes with what is there already."


class NoRoom(Refusal):
    """The server's disk is full. Nothing of what was sent is kept."""

    code = "disk_full"
    message = "The server has no room left for this. Nothing of it was kept; try again later."


class Throttled(Refusal):
    """Too often. :param wait: seconds until it is worth trying again."""

    code = "throttled"

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(f"Request was throttled. Expected available in {wait} seconds.")


class Unauthenticated(Refusal):
    """Nobody is signed in, or what proves it does not hold."""

    code = "not_authenticated"
    message = "Authentication credentials were not provided."
