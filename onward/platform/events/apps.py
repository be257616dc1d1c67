from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register


class EventsConfig(AppConfig):
    name = "onward.platform.events"
    label = "events"

    def ready(self) -> None:
        register(table_is_sound)


def table_is_sound(**_: Any) -> list[CheckMessage]:
    """Find a broken table of reactions before the first write does."""
    from onward.platform.events.event import Event
    from onward.platform.events.reactions import Reaction, table
    from onward.platform.jobs.registry import UnknownKind, find

    try:
        rows: list[tuple[Any, Any]] = list(table().items())
    except Exception as problem:
        return [Error(f"the table of reactions cannot be read: {problem!r}", id="events.E001")]
    messages: list[CheckMessage] = []
    for event, reactions in rows:
        if not (isinstance(event, type) and issubclass(event, Event) and isinstance(getattr(event, "name", None), str)):
            messages.append(Error(f"{event!r} is no event with a name", id="events.E002"))
        if not (isinstance(reactions, tuple) and all(isinstance(r, Reaction) for r in reactions)):
            messages.append(Error(f"the reactions to {event!r} are no tuple of now(…) and later(…)", id="events.E003"))
            continue
        for name in filter(None, (reaction.job for reaction in reactions)):
            try:
                find(name)
            except UnknownKind as problem:
                messages.append(Error(f"the reactions to {event!r}: {problem}", id="events.E004"))
    return messages
