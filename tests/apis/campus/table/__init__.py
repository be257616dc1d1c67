"""Who may do what on campus, as data: a module a section, which names its operations and makes the rows they are about.

A module has ``OPERATIONS``, by ``"GET /api/users/{user_id}/profile/"`` a `Row`, and ``make(cast)``, which returns by the
name of each parameter of its paths the id of a row that `owner` has, and of another of the kind. Where a name means
different things, it is told with what stands before it: ``jobs/posting_id``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple

from onward.domain.accounts.models import User
from tests.factories import RoleFactory, UserFactory

# Who asks; the owner is also who takes part, and teaches where there is a course's instructor of their own.
CAST = ("nobody", "member", "owner", "instructor", "moderator", "team", "admin")


class Pair(NamedTuple):
    """What a parameter of a path names, an id mostly, and another of the kind, which is elsewhere."""

    here: Any
    elsewhere: Any


Ids = Mapping[str, Pair]
Makes = Callable[[Ids], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """What an operation answers to each of the `CAST`.

    :param said: the statuses, in the order of the cast
    :param body: what is sent, where it is a body that is sent
    :param headers: what is sent along
    :param foreign: bodies that name what is not theirs who send them: they are refused to all, and nothing changes
    """

    said: str
    body: dict[str, Any] | Makes = field(default_factory=dict)
    foreign: tuple[Makes, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def statuses(self) -> dict[str, int]:
        """Return the status for each of the cast."""
        return dict(zip(CAST, map(int, self.said.split()), strict=True))

    def sent(self, ids: Ids) -> dict[str, Any]:
        """Return the body."""
        return self.body(ids) if callable(self.body) else self.body


class Cast:
    """One of each, but nobody."""

    def __init__(self) -> None:
        self.member, self.owner = UserFactory(username="member"), UserFactory(username="owner")
        self.instructor = _with_role("campus", "instructor")
        self.moderator = _with_role("campus", "moderator")
        self.team = _with_role("outreach", "member")
        self.admin = UserFactory(username="admin", is_staff=True)
        self.another = UserFactory(username="another")

    def __getitem__(self, name: str) -> User:
        user: User = getattr(self, name)
        return user


def _with_role(area: str, role: str) -> User:
    user: User = UserFactory(username=f"{area}-{role}")
    RoleFactory(user=user, area=area, role=role)
    return user


SECTIONS = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
OPERATIONS: dict[str, Row] = {name: row for section in SECTIONS for name, row in section.OPERATIONS.items()}


def make(cast: Cast) -> dict[str, Pair]:
    """Make the rows of all sections, and return their ids by the parameters that name them."""
    ids: dict[str, Pair] = {}
    for section in SECTIONS:
        ids |= section.make(cast)
    return ids
