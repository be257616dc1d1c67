"""What an API demands of usernames and passwords, besides what the record needs of them.

Every API hands its own demands to the services and answers for them in its document: a table of the fields that it
demands something of, each with a function that says what is wrong.
"""

from collections.abc import Mapping
from typing import Protocol

from onward.domain.accounts.models import User


class Demand(Protocol):
    """Returns what is wrong with a value for this person; nothing when it is fine."""

    def __call__(self, value: str, /, *, user: User) -> list[str]: ...


Demands = Mapping[str, Demand]


def unmet(demands: Demands, values: Mapping[str, str], *, user: User) -> dict[str, list[str]]:
    """Return what is wrong, by field; fields without a value and fields without a demand are fine."""
    found = {name: demand(values[name], user=user) for name, demand in demands.items() if name in values}
    return {name: problems for name, problems in found.items() if problems}
