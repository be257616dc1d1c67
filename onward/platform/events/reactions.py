"""How the table of reactions is written, and where it is found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from django.utils.module_loading import import_string

from onward.platform.events.event import Event
from onward.platform.jobs import enqueue

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Reaction:
    """Something that follows from an event. `react` runs in the transaction of the event.

    :ivar job: the name of the job that it asks for; empty when it asks for none
    :ivar together: does for many events what `react` does for each, in few statements
    """

    react: Callable[[Any], None]
    job: str = ""
    together: Callable[[Any], None] | None = None

    def react_to_all(self, events: Sequence[Event]) -> None:
        """React to events of one kind, in their order."""
        if self.together:
            self.together(events)
            return
        for event in events:
            self.react(event)


def now(function: Callable[[E], None], *, together: Callable[[Sequence[E]], None] | None = None) -> Reaction:
    """React in the transaction: for what the next read must show. If it fails, nothing has happened at all."""
    return Reaction(function, together=together)


def later(name: str, *, with_: Callable[[Any], Mapping[str, Any] | None]) -> Reaction:
    """React by a job, created in the transaction and run after it: for what may take time or fail.

    :param name: the job's, such as ``accounts.welcome``
    :param with_: returns the job's arguments from the event; None when there is nothing to do
    """

    def react(event: Event) -> None:
        payload = with_(event)
        if payload is not None:
            enqueue(name, **payload)

    return Reaction(react, job=name)


Table = Mapping[type[Event], tuple[Reaction, ...]]


def table() -> Table:
    """Return the table that ``settings.REACTIONS`` points to; it is read once."""
    return _table(settings.REACTIONS)


@cache
def _table(path: str) -> Table:
    found: Table = import_string(path)
    return found
