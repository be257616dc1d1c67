"""From where somebody knocks."""

from typing import NamedTuple


class Visit(NamedTuple):
    """What is known of somebody who signs in: through which API, from where, with what program."""

    api: str
    address: str | None
    user_agent: str
