"""How the table of reactions is written, and where it is found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from django.utils.module_loading import import_string

from onward.platform.events.event import Event
from onward.platform.jobs import enqueue
from onward.platform.jobs.registry import Kind

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Reaction:
    """Something that follows from an event. `react` runs in the transaction of the event."""

    react: Callable[[Any], None]


def now(function: Callable[[E], None]) -> Reaction:
    """React in the transaction: for what the next read must show. If it fails, nothing has happened at all."""
    return Reaction(function)


def later(kind: Kind[Any], *, with_: Callable[[Any], Mapping[str, Any] | None]) -> Reaction:
    """React by a job, created in the transaction and run after it: for what may take time or fail.

    :param with_: gives the job's arguments from the event; None when there is nothing to do
    """

    def react(event: Event) -> None:
        payload = with_(event)
        if payload is not None:
            enqueue(kind, **payload)

    return Reaction(react)


Table = Mapping[type[Event], tuple[Reaction, ...]]


def table() -> Table:
    """Give the table that ``settings.REACTIONS`` points to; it is read once."""
    return _table(settings.REACTIONS)


@cache
def _table(path: str) -> Table:
    found: Table = import_string(path)
    return found
