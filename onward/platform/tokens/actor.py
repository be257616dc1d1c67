"""Who is asking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """The person whom a request speaks for, and what nearly every endpoint needs to know of them.

    :param zone: their time zone (an IANA name), which decides when "today" begins
    :param views: of the board and the table that they have kept, for pages
    :param columns: of the board and the table as they have them, for pages
    :param roles: all that they are, by area, as the rows say; a superuser may do more than these say
    """

    user_id: int
    session_id: UUID
    zone: str
    awaits_second_factor: bool
    is_staff: bool
    email: str
    is_superuser: bool = False
    views: Sequence[Mapping[str, Any]] = ()
    columns: Mapping[str, Any] = field(default_factory=dict)
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
