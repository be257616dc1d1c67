"""Who is asking."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """The person whom a request speaks for, and what nearly every endpoint needs to know of them.

    :param zone: their time zone (an IANA name), which decides when "today" begins
    """

    user_id: int
    session_id: UUID
    zone: str
    awaits_second_factor: bool
    is_staff: bool
    email: str
